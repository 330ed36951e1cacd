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
        ["Telemetry.Events.Testing"] = ["Telemetry.Events", "Telemetry.Events.Kafka"],
        ["Telemetry.Collector"] = ["Telemetry.Events", "Telemetry.Events.Kafka"],
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
    public void The_core_depends_on_abstractions_and_Polly_only()
    {
        Assert.All(
            Includes("Telemetry.Events", "PackageReference"),
            package => Assert.True(
                package == "Polly.Core" || (package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) &&
                    (package.EndsWith(".Abstractions", StringComparison.Ordinal) || package.Contains(".Options", StringComparison.Ordinal))),
                $"Telemetry.Events must not depend on {package}."));
    }

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
