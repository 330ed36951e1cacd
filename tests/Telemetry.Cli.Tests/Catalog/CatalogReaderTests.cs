using Telemetry.Tests.Shared;

namespace Telemetry.Cli.Tests.Catalog;

public class CatalogReaderTests
{
    [Fact]
    public void An_assemblys_events_are_those_that_its_record_files_hold()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "src", "Telemetry.Events");
        // A line of the unshipped file stands for the shipped one of its name.
        var recorded = new[] { "Events.Shipped.txt", "Events.Unshipped.txt" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(folder, file)))
            .Where(line => line.Length > 0 && line[0] is not ('#' or '*'))
            .GroupBy(line => line.Split(' ')[0]).Select(lines => lines.Last());

        var exported = TestAssemblies.Read(TestAssemblies.Sdk).Events.Select(description =>
            $"{description.Name} {description.Topic} {description.Delivery} " +
            string.Join(',', description.Fields.Select(field => $"{field.Name}:{field.Type.Signature}")));

        Assert.Equal(recorded.Order(StringComparer.Ordinal), exported);
    }

    [Fact]
    public void A_computed_key_is_no_field()
    {
        var everything = TestAssemblies.Read(TestAssemblies.Samples).Events.Single(description => description.Name == "samples.everything.happen");

        Assert.Equal(("Key", null, true), (everything.Key!.Member, everything.Key.Field, everything.Key.Optional));
        Assert.Equal(("OrderId", "order_id", false), (everything.Subject!.Member, everything.Subject.Field, everything.Subject.Optional));
    }

    [Fact]
    public void An_event_written_by_hand_is_found_but_not_read()
    {
        Assert.Equal(["Telemetry.Cli.Tests.HandWritten", "Telemetry.Cli.Tests.HandWritten.Nested"], TestAssemblies.Read(TestAssemblies.Samples).HandWritten);
        Assert.Empty(TestAssemblies.Read(TestAssemblies.Sdk).HandWritten);
    }

    [Theory]
    [InlineData("Everything", "An event with a field of each type; see `Part`.")]
    [InlineData("Part", "A part, with a `weight`.")]
    [InlineData("Bare", null)]
    public void A_types_documentation_is_one_line(string type, string? expected) =>
        Assert.Equal(expected, TestAssemblies.Read(TestAssemblies.Samples).Documentation.OfType("Telemetry.Cli.Tests." + type));

    [Theory]
    [InlineData("OrderId", "The order.")]
    [InlineData("Number", "A number.")]
    [InlineData("Note", "A property that is not positional.")]
    [InlineData("Flag", null)]
    public void A_members_documentation_is_its_param_or_its_own_summary(string member, string? expected) =>
        Assert.Equal(expected, TestAssemblies.Read(TestAssemblies.Samples).Documentation.OfMember("Telemetry.Cli.Tests.Everything", member));
}
