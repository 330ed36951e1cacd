namespace Telemetry.Collector.ClickHouse;

/// <summary>The way from the tables that are there to those that the catalog asks for.</summary>
/// <param name="Steps">What is to be done, in this order; nothing where all is there.</param>
/// <param name="Refusals">Why it cannot be done without losing data, as sentences; then nothing of it is done.</param>
/// <param name="Notes">What the reader should know besides.</param>
internal sealed record SchemaPlan(IReadOnlyList<SchemaStep> Steps, IReadOnlyList<string> Refusals, IReadOnlyList<string> Notes);
