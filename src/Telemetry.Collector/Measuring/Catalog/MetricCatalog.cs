namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>What is measured for every run (docs/metrics-catalog.md). Immutable.</summary>
/// <param name="ReplicaLabels">Series that differ in these alone are copies.</param>
/// <param name="Metrics">In the order in which they are measured.</param>
public sealed record MetricCatalog(IReadOnlyList<string> ReplicaLabels, IReadOnlyList<MetricDefinition> Metrics)
{
    private const string ShippedName = "metrics.json";

    /// <summary>The catalog that comes with the program; <c>metrics.json</c> beside it is the same.</summary>
    public static MetricCatalog Shipped { get; } = ReadShipped();

    /// <summary>Reads a catalog file.</summary>
    /// <param name="path">Relative to the working directory.</param>
    /// <exception cref="MetricCatalogException">It cannot be read, or is wrong: with every mistake's place, value and fix.
    /// </exception>
    public static MetricCatalog Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return MetricCatalogReader.Read(File.ReadAllBytes(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MetricCatalogException(
                [$"The metric catalog '{path}' cannot be read: {exception.Message} " +
                $"Set {MeasuringOptions.SectionName}:CatalogPath to a file that this process may read, or remove the setting."]);
        }
    }

    private static MetricCatalog ReadShipped()
    {
        using var stream = typeof(MetricCatalog).Assembly.GetManifestResourceStream(ShippedName)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return MetricCatalogReader.Read(bytes.ToArray(), ShippedName);
    }
}
