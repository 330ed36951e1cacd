namespace Telemetry.Collector.ClickHouse;

/// <summary>Tables whose versions are counted together.</summary>
/// <param name="Name">As <c>schema_version</c> has it.</param>
/// <param name="Steps">From nothing to the present version, one statement each.</param>
internal sealed record SchemaComponent(string Name, IReadOnlyList<string> Steps);
