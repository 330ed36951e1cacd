using Telemetry.Cli.Catalog;
using Telemetry.Events;

namespace Telemetry.Cli.Tests;

/// <summary>The assemblies that the tests export: the SDK's own, and this one.</summary>
internal static class TestAssemblies
{
    public static string Sdk => typeof(EventName).Assembly.Location;

    public static string Samples => typeof(Everything).Assembly.Location;

    public static AssemblyCatalog Read(string assembly)
    {
        Assert.True(CatalogReader.TryRead(assembly, out var catalog, out var error), error);
        return catalog;
    }
}
