namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>Whatever a record is, ClickHouse goes on reading, and the record stands where somebody finds it.</summary>
[Trait("Category", "Integration")]
public sealed class DamagedRecordTests
{
    [Fact]
    public async Task A_thousand_damaged_records_stand_in_the_dead_letters_and_every_neighbour_in_its_table()
    {
        await using var fixture = await DirectTopicsFixture.StartAsync();
        await fixture.ApplyAsync(fixture.Settings("wkf_cpu"));
        var damaged = DamagedRecords.All().ToList();
        Assert.Equal(DamagedRecords.Count, damaged.Count);
        using (var producer = new RawProducer(fixture.Kafka.BootstrapServers))
        {
            for (var i = 0; i < damaged.Count; i++)
            {
                producer.Produce("wkf_cpu", Charge.Good(i).ToJsonString());
                producer.Produce("wkf_cpu", damaged[i].Value);
            }

            producer.Flush();
        }

        var (landing, letters) = (fixture.Database.Table("wkf_cpu"), fixture.Database.Table("dead_letter"));
        await fixture.UntilAsync(2 * damaged.Count, $"SELECT (SELECT count() FROM {landing} FINAL) + (SELECT count() FROM {letters} FINAL)");
        var stored = (await fixture.Database.QueryAsync(
            $"SELECT base64Encode(raw), reason FROM {letters} FINAL", row => (Raw: row.GetString(0), Reason: row.GetString(1)), default)).ToDictionary(row => row.Raw, row => row.Reason);

        var lost = damaged.Where(record => !stored.ContainsKey(Convert.ToBase64String(record.Value))).Select(record => record.Kind).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} damaged records were taken for good: {string.Join(", ", lost)}");
        Assert.All(stored.Values, reason => Assert.EndsWith(".", reason));
        Assert.Equal(damaged.Count, await fixture.NumberAsync($"SELECT uniqExact(id) FROM {landing}"));
        Assert.Equal(damaged.Count / 10m, await fixture.NumberAsync($"SELECT toInt64(sum(credits) * 10) FROM {landing} FINAL") / 10m);
    }
}
