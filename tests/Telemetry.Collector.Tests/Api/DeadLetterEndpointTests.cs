using System.Net;
using System.Text.Json;
using Telemetry.Collector.Tests.Hosting;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Api;

public sealed class DeadLetterEndpointTests : IAsyncLifetime
{
    private RunningCollector _collector = null!;

    public async Task InitializeAsync() => _collector = await RunningCollector.StartAsync();

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task A_text_record_is_shown_as_text_with_where_it_stood_and_why()
    {
        await _collector.Store.ApplyAsync([], [DeadLetter(7, "{\"broken\""u8.ToArray())], default);

        var letter = Assert.Single(await LettersAsync(""));

        Assert.Equal(
            """
            {"topic":"xumi_task","partition":0,"offset":7,"reason":"The value is not JSON.","received_at":"2026-08-01T12:00:07Z",
            "raw_text":"{\"broken\"","raw_base64":null,"raw_length":9,"raw_truncated":false}
            """.ReplaceLineEndings(""),
            letter.GetRawText());
    }

    [Fact]
    public async Task A_binary_record_is_shown_as_base64()
    {
        await _collector.Store.ApplyAsync([], [DeadLetter(7, [0xff, 0x00, 0x80])], default);

        var letter = Assert.Single(await LettersAsync(""));

        Assert.Equal(JsonValueKind.Null, letter.GetProperty("raw_text").ValueKind);
        Assert.Equal([0xff, 0x00, 0x80], letter.GetProperty("raw_base64").GetBytesFromBase64());
    }

    [Fact]
    public async Task They_come_newest_first_and_no_more_than_asked()
    {
        await _collector.Store.ApplyAsync([], [DeadLetter(1), DeadLetter(3), DeadLetter(2)], default);

        Assert.Equal([3L, 2L], (await LettersAsync("?limit=2")).Select(letter => letter.GetProperty("offset").GetInt64()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public async Task A_limit_out_of_range_gets_a_sentence(string limit) =>
        Assert.Equal(
            $"limit '{limit}' is not a whole number from 1 to 100.",
            await _collector.Client.GetProblemAsync($"/v1/dead-letters?limit={limit}", HttpStatusCode.BadRequest));

    private async Task<JsonElement[]> LettersAsync(string query) =>
        [.. (await _collector.Client.GetJsonAsync("/v1/dead-letters" + query)).GetProperty("dead_letters").EnumerateArray()];
}
