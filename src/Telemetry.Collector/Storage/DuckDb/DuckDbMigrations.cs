using DuckDB.NET.Data;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Brings a part of the file to this build's version. Each part counts its versions in a table of its own.</summary>
internal static class DuckDbMigrations
{
    /// <summary>Runs what was not run yet, in one transaction.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="path">Its name, for the sentence.</param>
    /// <param name="table">Where the version stands; a constant.</param>
    /// <param name="migrations">All migrations, of which a released one is never edited.</param>
    /// <exception cref="StartupException">A newer Collector wrote the file.</exception>
    public static void Apply(DuckDBConnection connection, string path, string table, IReadOnlyList<string> migrations)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute($"CREATE TABLE IF NOT EXISTS {table} (version INTEGER PRIMARY KEY)");
        var version = connection.Query($"SELECT coalesce(max(version), 0) FROM {table}", row => row.GetInt32(0))[0];
        if (version > migrations.Count)
        {
            throw new StartupException(
                $"The store file '{path}' has schema version {version}, and this Collector knows {migrations.Count} at most: a newer " +
                "one wrote it. Start that version again, or set Collector:Storage:Path to another file.");
        }

        for (; version < migrations.Count; version++)
        {
            connection.Execute(migrations[version]);
            connection.Execute($"INSERT INTO {table} VALUES ($version)", ("version", version + 1));
        }

        transaction.Commit();
    }
}
