using System.Text.Json;
using Telemetry.Events;

namespace Telemetry.Cli.Tests.Wire;

public class NameVectorTests
{
    [Fact]
    public void Every_name_is_judged_as_its_vector_says() =>
        Assert.All(WireFolder.Vectors("names.json"), vector =>
        {
            var expected = vector.TryGetProperty("rule", out var rule) ? rule.GetString() : "none";

            var isName = EventName.TryParse(LoneSurrogateText.Of(vector.GetProperty("name")), out _, out var error);

            Assert.Equal(expected == "none", isName);
            Assert.Equal(expected, JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Rule.ToString()));
        });

    [Fact]
    public void Every_rule_has_a_vector() =>
        Assert.Superset(
            Enum.GetNames<EventNameRule>().Except([nameof(EventNameRule.None)]).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToHashSet(),
            WireFolder.Vectors("names.json").Where(vector => vector.TryGetProperty("rule", out _))
                .Select(vector => vector.GetProperty("rule").GetString()!).ToHashSet());
}
