using System.Data.Common;
using DuckDB.NET.Data;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>
/// One-line commands. The SQL is always a constant; whatever comes from outside is a parameter (<c>$name</c>). A text
/// parameter with U+0000 throws <see cref="ArgumentException"/>: the engine would silently cut it there.
/// </summary>
internal static class DuckDbCommands
{
    /// <returns>How many rows changed.</returns>
    public static int Execute(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(
        this DuckDBConnection connection,
        string sql,
        Func<DbDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static DuckDBCommand Command(this DuckDBConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            if (value is string text && text.Contains('\0'))
                throw new ArgumentException($"The text for ${name} has the character U+0000.", nameof(parameters));
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        return command;
    }
}
