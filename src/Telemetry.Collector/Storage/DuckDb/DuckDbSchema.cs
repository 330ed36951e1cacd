using DuckDB.NET.Data;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>The file's tables and their versions. A released migration is never edited; a change is a new one at the end.</summary>
internal static class DuckDbSchema
{
    // No index but the keys: DuckDB turns the update of an indexed column into delete and insert, which then trips over
    // the key within the same transaction; and its columns are scanned fast enough without.
    // All TIMESTAMPs are UTC.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE runs (
          run_id           VARCHAR PRIMARY KEY,
          kind             VARCHAR NOT NULL,
          task_id          VARCHAR NOT NULL,
          state            VARCHAR NOT NULL,
          state_reason     VARCHAR,
          user_id          VARCHAR,
          model            VARCHAR,
          node             VARCHAR,
          tenant_id        VARCHAR,
          vm_type          VARCHAR,
          start_event_id   VARCHAR,
          finish_event_id  VARCHAR,
          started_at       TIMESTAMP,
          finished_at      TIMESTAMP,
          outcome          VARCHAR,
          error            VARCHAR,
          measure_attempts INTEGER NOT NULL,
          next_attempt_at  TIMESTAMP
        );
        CREATE TABLE run_metrics (
          run_id        VARCHAR NOT NULL,
          name          VARCHAR NOT NULL,
          unit          VARCHAR NOT NULL,
          integral_unit VARCHAR NOT NULL,
          min           DOUBLE NOT NULL,
          max           DOUBLE NOT NULL,
          average       DOUBLE NOT NULL,
          p95           DOUBLE NOT NULL,
          integral      DOUBLE NOT NULL,
          samples       INTEGER NOT NULL,
          PRIMARY KEY (run_id, name)
        );
        CREATE TABLE dead_letters (
          topic           VARCHAR NOT NULL,
          topic_partition INTEGER NOT NULL,
          topic_offset    BIGINT NOT NULL,
          reason          VARCHAR NOT NULL,
          received_at     TIMESTAMP NOT NULL,
          raw             BLOB NOT NULL,
          PRIMARY KEY (topic, topic_partition, topic_offset)
        );
        """,
        """
        CREATE TABLE run_values (
          run_id      VARCHAR NOT NULL,
          metric      VARCHAR NOT NULL,
          aggregation VARCHAR NOT NULL,
          state       VARCHAR NOT NULL,
          value       DOUBLE,
          lo          DOUBLE,
          hi          DOUBLE,
          unit        VARCHAR NOT NULL,
          samples     INTEGER NOT NULL,
          coverage    DOUBLE NOT NULL,
          method      VARCHAR NOT NULL,
          PRIMARY KEY (run_id, metric, aggregation)
        );
        """,
    ];

    /// <summary>Brings the file to this build's version; does nothing where it is there already.</summary>
    /// <exception cref="StartupException">A newer Collector wrote the file.</exception>
    public static void Migrate(DuckDBConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
        var version = connection.Query("SELECT coalesce(max(version), 0) FROM schema_version", row => row.GetInt32(0))[0];
        if (version > Migrations.Length)
        {
            throw new StartupException(
                $"The store file '{path}' has schema version {version}, and this Collector knows {Migrations.Length} at most: a newer " +
                "one wrote it. Start that version again, or set Collector:Storage:Path to another file.");
        }

        for (; version < Migrations.Length; version++)
        {
            connection.Execute(Migrations[version]);
            connection.Execute("INSERT INTO schema_version VALUES ($version)", ("version", version + 1));
        }

        transaction.Commit();
    }
}
