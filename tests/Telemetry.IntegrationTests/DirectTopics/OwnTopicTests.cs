using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>A service's own events become a table like the built-in ones, whatever fields they have.</summary>
[Trait("Category", "Integration")]
public sealed class OwnTopicTests
{
    [Fact]
    public async Task Every_type_of_field_arrives_as_it_was_published()
    {
        await using var fixture = await DirectTopicsFixture.StartAsync(partitions: 1, "own_everything");
        var settings = fixture.Settings("wkf_cpu");
        settings.Assemblies.Add(typeof(Everything).Assembly.Location);
        await fixture.ApplyAsync(settings);
        using var anything = JsonDocument.Parse("""{"a":[1,{"b":"{"}]}""");
        var order = Guid.Parse("018f4b1e-7d2a-7000-8000-0123456789ab");
        await using (var events = TelemetryEvents.Create(builder => builder.AddKafka(options => options.ConnectionString = fixture.Kafka.BootstrapServers)))
        {
            var published = await events.Publisher.PublishAsync(new Everything(
                order, "ann", true, long.MinValue, ulong.MaxValue, 0.25, new DateTimeOffset(2026, 1, 31, 14, 0, 0, TimeSpan.FromHours(2)).AddTicks(1234560),
                TimeSpan.FromSeconds(1.5), new Uri("https://example.com/a?b='"), Colour.DarkRed, anything.RootElement, new Part("ax\\e\"", null), ["one", "zwei"],
                Source: "mine"));
            Assert.True(published.IsAccepted, published.ToString());
            await events.Publisher.FlushAsync(TimeSpan.FromSeconds(30));
        }

        var table = fixture.Database.Table("own_everything");
        await fixture.UntilAsync(1, $"SELECT (SELECT count() FROM {table}) + (SELECT count() FROM {fixture.Database.Table("dead_letter")})");
        Assert.Empty(await fixture.Database.QueryAsync($"SELECT reason FROM {fixture.Database.Table("dead_letter")}", row => row.GetString(0), default));
        string[] columns = ["order_id", "user_id", "flag", "number", "huge", "amount", "at", "took", "link", "colour", "anything", "part", "words", "absent", "data_source", "subject"];
        var row = Assert.Single(await fixture.Database.QueryAsync(
            $"SELECT arrayStringConcat([{string.Join(", ", columns.Select(column => $"ifNull(toString({column}), 'NULL')"))}], '\n') FROM {table}", row => row.GetString(0), default));
        Assert.Equal(
            [
                $"{order}", "ann", "true", "-9223372036854775808", "18446744073709551615", "0.25", "2026-01-31 12:00:00.123456", "1.5", "https://example.com/a?b='",
                "dark_red", """{"a":[1,{"b":"{"}]}""", """{"name":"ax\\e\""}""", """["one","zwei"]""", "NULL", "mine", $"{order}",
            ],
            row.Split('\n'));
    }
}
