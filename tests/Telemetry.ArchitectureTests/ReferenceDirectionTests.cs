using System.Xml.Linq;

namespace Telemetry.ArchitectureTests;

/// <summary>References point one way (docs/architecture.md). Read from the project files, so that an unused one counts too.</summary>
public class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // These two ship inside the package, as analyzers; the assembly references neither.
        ["Telemetry.Events"] = ["Telemetry.Events.Analyzers", "Telemetry.Events.CodeFixes"],
        ["Telemetry.Events.Analyzers"] = [],
        ["Telemetry.Events.CodeFixes"] = ["Telemetry.Events.Analyzers"],
        ["Telemetry.Events.Kafka"] = ["Telemetry.Events"],
        ["Telemetry.Events.RestProxy"] = ["Telemetry.Events"],
        ["Telemetry.Events.EventHubs"] = ["Telemetry.Events.Kafka"],
        ["Telemetry.Events.Spool"] = ["Telemetry.Events"],
        // The fake of the quota client stands with the other ones (docs/decisions/0053).
        ["Telemetry.Events.Testing"] = ["Telemetry.Events", "Telemetry.Events.Kafka", "Telemetry.Quota.Client"],
        ["Telemetry.Quota.Client"] = [],
        ["Telemetry.Cli"] = ["Telemetry.Events", "Telemetry.Events.Kafka", "Telemetry.Events.RestProxy", "Telemetry.Events.EventHubs", "Telemetry.Events.Spool"],
        ["Telemetry.Collector"] = ["Telemetry.Events", "Telemetry.Events.Kafka", "Telemetry.Events.EventHubs"],
    };

    public static TheoryData<string> Projects => [.. Repository.SourceProjects.Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is new: say here and in docs/architecture.md what it may reference.");

        var references = Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Subset(allowed.ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void The_core_depends_on_what_every_host_has_and_on_Polly_only() =>
        Assert.Equal(
            [
                // TelemetryEvents.Create, for programs without a host.
                "Microsoft.Extensions.DependencyInjection",
                // Registers the health check; part of ASP.NET Core's shared framework.
                "Microsoft.Extensions.Diagnostics.HealthChecks",
                "Microsoft.Extensions.Hosting.Abstractions",
                "Microsoft.Extensions.Options.ConfigurationExtensions",
                "Polly.Core",
            ],
            Includes("Telemetry.Events", "PackageReference"));

    [Fact]
    public void No_project_pins_a_version_of_its_own()
    {
        Assert.All(Repository.AllProjects, file => Assert.DoesNotContain(
            XDocument.Load(file).Descendants("PackageReference"), reference => reference.Attribute("Version") is not null));
    }

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Repository.SourceProjects.Single(file => Path.GetFileNameWithoutExtension(file) == project))
            .Descendants(item).Select(reference => reference.Attribute("Include")!.Value);
}
