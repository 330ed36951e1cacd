using System.Diagnostics;
using System.Globalization;
using System.Text;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.MainJob;
using Xunit.Abstractions;

namespace Telemetry.IntegrationTests.Quotas;

/// <summary>
/// The Collector is killed again and again while usage streams in and tasks reserve, settle and release over HTTP; ClickHouse reads the same
/// topics all the while. After each kill every balance is what a recount says. A few cycles by default; TELEMETRY_QUOTA_CYCLES makes it long.
/// </summary>
[Trait("Category", "Integration")]
public sealed class QuotaKillTests(ITestOutputHelper output)
{
    private const int Users = 12;
    private const decimal Limit = 50;

    private readonly int _cycles =
        Environment.GetEnvironmentVariable("TELEMETRY_QUOTA_CYCLES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3;

    private readonly Random _random = new(1);

    [Fact]
    public async Task Killed_at_any_moment_it_neither_loses_nor_doubles_anything()
    {
        var watch = Stopwatch.StartNew();
        await using var fixture = await QuotaFixture.StartAsync(Limit);
        await fixture.ApplyAsync();
        await using var events = fixture.Publisher();
        var target = new KilledTarget();
        var users = Enumerable.Range(0, Users).Select(number => new ReservingUser($"user-{number}", target, events.Publisher, new Random(number))).ToList();

        for (var cycle = 1; cycle <= _cycles; cycle++)
        {
            using var collector = Launch(fixture);
            // Some are killed before their first line, and nobody has noticed.
            if (_random.Next(8) == 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(2 * _random.NextDouble()));
                await collector.KillAsync();
                continue;
            }

            target.Address = new Uri(await collector.AddressAsync());
            await CompareAsync(target, users);
            using var ending = new CancellationTokenSource();
            var load = users.Select(user => Task.Run(() => user.RunAsync(ending.Token))).ToList();
            await Task.Delay(TimeSpan.FromSeconds(0.2 + _random.NextDouble()));
            await collector.KillAsync();
            await ending.CancelAsync();
            await Task.WhenAll(load);
        }

        using var last = Launch(fixture);
        target.Address = new Uri(await last.AddressAsync());
        await CompareAsync(target, users);
        await events.Publisher.FlushAsync(TimeSpan.FromSeconds(30));
        await RecountAsync(fixture, users);
        await last.KillAsync();

        var (granted, denied, charges) = (users.Sum(user => user.Granted), users.Sum(user => user.Denied), users.Sum(user => user.Charges));
        Assert.True(granted > 0 && denied > 0 && charges > 0, $"{granted} granted, {denied} denied, {charges} charges: no load.");
        output.WriteLine($"{_cycles} kills, {granted} reservations granted, {denied} denied, {users.Sum(user => user.Uncertain)} answers cut off by a kill, {charges} charges; drift 0; all in {watch.Elapsed}.");
    }

    private static CollectorProcess Launch(QuotaFixture fixture) => CollectorProcess.Launch(
    [
        "--Collector:Kafka:ConnectionString", $"kafka://{fixture.Direct.Kafka.BootstrapServers}?session.timeout.ms=2000&heartbeat.interval.ms=500",
        "--Collector:Prometheus:Url", "http://127.0.0.1:9",
        "--Collector:Storage:Path", fixture.RunStore,
        "--Logging:LogLevel:Telemetry", "Warning",
        .. fixture.Settings("ClickHouse"),
    ]);

    /// <summary>Answers that a kill cut off are asked for again; then each user stands as the test knows.</summary>
    private static async Task CompareAsync(KilledTarget target, IReadOnlyList<ReservingUser> users)
    {
        foreach (var user in users)
            await user.FinishAsync();
        foreach (var user in users)
        {
            var balance = await QuotaFixture.BalanceAsync(target.Client, user.Name, "cpu", one =>
                one.GetProperty("used").GetDecimal() == user.Used && one.GetProperty("reserved").GetDecimal() == user.Reserved);
            Assert.True(user.Used + user.Reserved <= Limit, $"{user.Name} has used {user.Used} and reserved {user.Reserved} of {Limit}.");
            Assert.Equal(
                user.Held.OrderBy(held => held.Key),
                balance.GetProperty("reservations").EnumerateArray().Where(held => held.GetProperty("outstanding").GetDecimal() > 0)
                    .Select(held => KeyValuePair.Create(held.GetProperty("task_id").GetString()!, held.GetProperty("outstanding").GetDecimal())).OrderBy(held => held.Key));
        }
    }

    /// <summary>The tables, and the topic as far as the brokers still have it, say the same.</summary>
    private static async Task RecountAsync(QuotaFixture fixture, IReadOnlyList<ReservingUser> users)
    {
        var charges = users.Sum(user => user.Charges);
        await fixture.Direct.UntilAsync(charges, $"SELECT uniqExact(id) FROM {fixture.Direct.Database.Table("wkf_cpu")}", TimeSpan.FromMinutes(2));
        var tables = await fixture.RecountAsync();
        Assert.All(users, user => Assert.Equal(user.Used, tables.GetValueOrDefault((user.Name, "cpu"))));

        // The embedded broker keeps the last 5 MB of a partition: all, in a short run.
        if (charges < 10_000)
            Assert.All(Topic(fixture.Direct.Kafka, charges), pair => Assert.Equal(users.Single(user => user.Name == pair.Key).Used, pair.Value));
    }

    private static Dictionary<string, decimal> Topic(EmbeddedKafkaCluster kafka, int charges)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new HashSet<string>();
        var sums = new Dictionary<string, decimal>();
        foreach (var record in Telemetry.Tests.Shared.Kafka.KafkaReader.Read(kafka, "wkf_cpu", 3, charges, deadline.Token))
        {
            var charge = System.Text.Json.JsonDocument.Parse(record.Message.Value).RootElement;
            if (!seen.Add(charge.GetProperty("id").GetString()!))
                continue;
            var user = Encoding.UTF8.GetString(record.Message.Key!);
            sums[user] = sums.GetValueOrDefault(user) + charge.GetProperty("data").GetProperty("credits").GetDecimal();
        }

        return sums;
    }
}
