using DuckDB.NET.Data;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Completeness;

/// <summary>The tables of completeness and their versions, counted apart from those of the runs. All TIMESTAMPs are UTC.</summary>
internal static class CompletenessSchema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE arrived_sequences (
          producer       VARCHAR NOT NULL,
          delivery_class VARCHAR NOT NULL,
          sequences      BLOB NOT NULL,
          dropped        BLOB NOT NULL,
          first_event_at TIMESTAMP NOT NULL,
          last_event_at  TIMESTAMP NOT NULL,
          PRIMARY KEY (producer, delivery_class)
        );
        CREATE TABLE producer_reports (
          producer    VARCHAR PRIMARY KEY,
          source      VARCHAR NOT NULL,
          sequence    BIGINT NOT NULL,
          reported_at TIMESTAMP NOT NULL,
          received_at TIMESTAMP NOT NULL,
          report      VARCHAR NOT NULL
        );
        """,
    ];

    /// <inheritdoc cref="DuckDbSchema.Migrate"/>
    /// <exception cref="StartupException">A newer Collector wrote the file.</exception>
    public static void Migrate(DuckDBConnection connection, string path) =>
        DuckDbMigrations.Apply(connection, path, "completeness_schema_version", Migrations);
}
