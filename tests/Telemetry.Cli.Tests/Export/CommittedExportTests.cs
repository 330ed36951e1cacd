using Telemetry.Cli.Export;
using Telemetry.Tests.Shared;

namespace Telemetry.Cli.Tests.Export;

/// <summary>docs/wire is the export of the SDK's own catalog.</summary>
public class CommittedExportTests
{
    [Fact]
    public void The_committed_export_is_that_of_the_catalog()
    {
        var files = CatalogExport.Of(TestAssemblies.Read(TestAssemblies.Sdk));

        var differences = new ExportFolder(Path.Combine(RepositoryRoot.Path, "docs", "wire")).Compare(files);

        Assert.True(
            differences.Count == 0,
            string.Join('\n', differences) + "\nThe wire contract has changed. Where that is meant, run\n" +
            "dotnet run --project src/Telemetry.Cli -- catalog export src/Telemetry.Events/bin/Debug/net10.0/Telemetry.Events.dll --output docs/wire\n" +
            "and review the difference.");
    }
}
