using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>What is in the database.</summary>
/// <param name="Tables">By name.</param>
/// <param name="Columns">Types by table and column.</param>
/// <param name="Projections">The columns of each table's <see cref="UserProjection"/>, by table.</param>
/// <param name="Collections">The names of all named collections that may be seen.</param>
/// <param name="DeadLetterVersion">How many steps of the dead letters' table are done.</param>
internal sealed record SchemaState(
    IReadOnlyDictionary<string, ExistingTable> Tables,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Columns,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Projections,
    IReadOnlySet<string> Collections,
    int DeadLetterVersion)
{
    public static async Task<SchemaState> ReadAsync(ClickHouseDatabase database, CancellationToken cancellationToken)
    {
        var tables = await database.QueryAsync(
            "SELECT name, engine, engine_full, partition_key, sorting_key, comment FROM system.tables WHERE database = {database:String}",
            row => new ExistingTable(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            cancellationToken, ("database", database.Name));
        var columns = await database.QueryAsync(
            "SELECT table, name, type FROM system.columns WHERE database = {database:String}",
            row => (Table: row.GetString(0), Name: row.GetString(1), Type: row.GetString(2)),
            cancellationToken, ("database", database.Name));
        var projections = await database.QueryAsync(
            "SELECT table, query FROM system.projections WHERE database = {database:String} AND name = {name:String}",
            row => (Table: row.GetString(0), Query: row.GetString(1)),
            cancellationToken, ("database", database.Name), ("name", UserProjection.Name));
        var collections = await database.QueryAsync("SELECT name FROM system.named_collections", row => row.GetString(0), cancellationToken);
        return new SchemaState(
            tables.ToDictionary(table => table.Name),
            columns.GroupBy(column => column.Table).ToDictionary(
                table => table.Key, IReadOnlyDictionary<string, string> (table) => table.ToDictionary(column => column.Name, column => column.Type)),
            projections.ToDictionary(projection => projection.Table, projection => UserProjection.ColumnsOf(projection.Query)),
            collections.ToHashSet(),
            await ClickHouseMigrations.FindVersionAsync(database, DeadLetterSchema.Component, cancellationToken));
    }
}
