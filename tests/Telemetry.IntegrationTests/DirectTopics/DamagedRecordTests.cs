using DuckDB.NET.Data;
using Telemetry.Collector.DirectTopics;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.MainJob;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>Whatever a record is, whoever writes the tables goes on reading, and the record stands where somebody finds it.</summary>
[Trait("Category", "Integration")]
public sealed class DamagedRecordTests
{
    [Fact]
    public async Task A_thousand_damaged_records_stand_in_ClickHouses_dead_letters_and_every_neighbour_in_its_table()
    {
        await using var fixture = await DirectTopicsFixture.StartAsync();
        await fixture.ApplyAsync(fixture.Settings("wkf_cpu"));

        var damaged = Produce(fixture.Kafka.BootstrapServers);

        var (landing, letters) = (fixture.Database.Table("wkf_cpu"), fixture.Database.Table("dead_letter"));
        await fixture.UntilAsync(2 * damaged.Count, $"SELECT (SELECT count() FROM {landing} FINAL) + (SELECT count() FROM {letters} FINAL)");
        AssertAllFound(damaged, await fixture.Database.QueryAsync(
            $"SELECT base64Encode(raw), reason FROM {letters} FINAL", row => (row.GetString(0), row.GetString(1)), default));
        Assert.Equal(damaged.Count, await fixture.NumberAsync($"SELECT uniqExact(id) FROM {landing}"));
        Assert.Equal(damaged.Count, await fixture.NumberAsync($"SELECT toInt64(sum(credits) * 10) FROM {landing} FINAL"));
    }

    [Fact]
    public async Task A_thousand_damaged_records_stand_in_the_embedded_dead_letters_and_every_neighbour_in_its_table()
    {
        using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [new EmbeddedKafkaTopic("wkf_cpu", 2), new EmbeddedKafkaTopic("xumi_load", 1), new EmbeddedKafkaTopic("xumi_task", 1)],
        });
        var damaged = Produce(kafka.BootstrapServers);
        var folder = Directory.CreateTempSubdirectory("direct-");
        var file = Path.Combine(folder.FullName, "direct.duckdb");
        try
        {
            await using (var collector = await CollectorInstance.StartAsync(
                kafka.BootstrapServers, "http://127.0.0.1:9", Path.Combine(folder.FullName, "runs.duckdb"),
                "--Collector:DirectTopics:Mode", nameof(DirectTopicsMode.Embedded),
                "--Collector:DirectTopics:Topics:0", "wkf_cpu",
                "--Collector:DirectTopics:ProofInterval", "00:00:01",
                "--Collector:DirectTopics:FlushInterval", "00:00:00.2",
                "--Collector:DirectTopics:Path", file))
            {
                await collector.IngestedAsync(2 * damaged.Count);
            }

            await using var connection = new DuckDBConnection($"Data Source={file}");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT base64(raw), reason FROM dead_letters";
            var letters = new List<(string, string)>();
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                    letters.Add((reader.GetString(0), reader.GetString(1)));
            }

            AssertAllFound(damaged, letters);
            command.CommandText = "SELECT count(DISTINCT id) + CAST(sum(credits) * 10 AS BIGINT) FROM wkf_cpu";
            Assert.Equal(2L * damaged.Count, await command.ExecuteScalarAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<(string Kind, byte[] Value)> Produce(string brokers)
    {
        var damaged = DamagedRecords.All().ToList();
        Assert.Equal(DamagedRecords.Count, damaged.Count);
        using var producer = new RawProducer(brokers);
        for (var i = 0; i < damaged.Count; i++)
        {
            producer.Produce("wkf_cpu", Charge.Good(i).ToJsonString());
            producer.Produce("wkf_cpu", damaged[i].Value);
        }

        producer.Flush();
        return damaged;
    }

    private static void AssertAllFound(List<(string Kind, byte[] Value)> damaged, IReadOnlyList<(string Raw, string Reason)> letters)
    {
        var reasons = letters.ToDictionary(letter => letter.Raw, letter => letter.Reason);
        var lost = damaged.Where(record => !reasons.ContainsKey(Convert.ToBase64String(record.Value))).Select(record => record.Kind).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} damaged records were taken for good: {string.Join(", ", lost)}");
        Assert.Equal(damaged.Count, reasons.Count);
        Assert.All(reasons.Values, reason => Assert.EndsWith(".", reason));
    }
}
