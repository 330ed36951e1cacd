using Telemetry.Collector.DirectTopics.Commands;
using Telemetry.Collector.Tests.Storage;
using Telemetry.Tests.Shared;

namespace Telemetry.Collector.Tests.DirectTopics;

/// <summary>docs/clickhouse is what the catalog gives: a change of either is seen in a review.</summary>
public sealed class CommittedSqlTests
{
    [Fact]
    public async Task The_committed_statements_are_those_that_the_catalog_gives()
    {
        using var folder = new TempDirectory();
        var output = folder.File("sql");

        Assert.Equal(0, await SchemaCommand.RunAsync(["export", "--output", output]));

        var committed = Path.Combine(RepositoryRoot.Path, "docs", "clickhouse");
        Assert.Equal(Read(committed), Read(output));
    }

    private static Dictionary<string, string> Read(string folder) =>
        Directory.GetFiles(folder, "*.sql").Order().ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
