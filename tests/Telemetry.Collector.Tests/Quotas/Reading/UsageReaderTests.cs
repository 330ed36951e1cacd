using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Tests.Quotas.Ledger;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Collector.Tests.Quotas.Reading;

/// <summary>The quick way of reading says what the tables' own decoders say, or nothing.</summary>
public class UsageReaderTests
{
    private static readonly UsageTopic Cpu = new(LedgerWorld.Schemas.Single(schema => schema.Topic == "wkf_cpu"), LedgerWorld.Resources, UsageRules.ClickHouse);
    private static readonly UsageTopic Embedded = new(LedgerWorld.Schemas.Single(schema => schema.Topic == "wkf_cpu"), LedgerWorld.Resources, UsageRules.DuckDb);
    private static readonly UsageTopic Kuber = new(LedgerWorld.Schemas.Single(schema => schema.Topic == "kuber_cpu"), LedgerWorld.Resources, UsageRules.ClickHouse);

    [Fact]
    public async Task What_the_SDK_sends_is_read_the_quick_way_without_allocation()
    {
        foreach (var value in await SdkEventsAsync())
        {
            Assert.True(PlainUsage.TryRead(Cpu, value, out _), Encoding.UTF8.GetString(value));
            AssertSame(Cpu, value);
            var before = GC.GetAllocatedBytesForCurrentThread();
            UsageReader.Read(Cpu, value, out _);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public async Task Producers_in_turn_are_read_as_by_themselves()
    {
        var (one, other) = (await SdkEventsAsync(), await SdkEventsAsync());
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < one.Count; i++)
            {
                AssertSame(Cpu, one[i]);
                AssertSame(Cpu, other[i]);
                AssertSame(Cpu, other[i]);
            }
        }
    }

    [Theory]
    [InlineData("\"credits\":1.5,", "\"credits\":1e3,")]
    [InlineData("\"credits\":1.5,", "\"credits\":\"1.5\",")]
    [InlineData("\"credits\":1.5,", "\"credits\":1.5,\"credits\":2.5,")]
    [InlineData("\"credits\":1.5,", "")]
    [InlineData("\"user_id\":\"u\",", "\"user_id\":null,")]
    [InlineData("\"user_id\":\"u\",", "\"user_id\":\"\\u0041\",")]
    [InlineData("\"seconds\":2,", "\"seconds\":\"2\",")]
    [InlineData("\"seconds\":2,", "\"seconds\":02,")]
    [InlineData("\"seconds\":2,", "\"seconds\":2,\"more\":[1,{}],")]
    [InlineData("\"time\":\"2026-01-31T12:00:00.1234567Z\"", "\"time\":\"2026-02-29T12:00:00Z\"")]
    [InlineData("\"time\":\"2026-01-31T12:00:00.1234567Z\"", "\"time\":\"2026-01-31T12:00:00.9999999Z\"")]
    [InlineData("\"time\":\"2026-01-31T12:00:00.1234567Z\"", "\"time\":\"1969-12-31T23:59:59Z\"")]
    [InlineData("\"time\":\"2026-01-31T12:00:00.1234567Z\"", "\"time\":\"2026-01-31T12:00:00+01:00\"")]
    [InlineData("\"time\":\"2026-01-31T12:00:00.1234567Z\"", "\"time\":\"2026-01-31T24:00:00Z\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"id\":\"b\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"sequence\":\"99999999999999999999\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"sequence\":\"x\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"sequence\":\"\"")]
    [InlineData("\"1.0\"", "\"1.1\"")]
    [InlineData("wkf.cpu.charge", "wkf.gpu.charge")]
    [InlineData("}}", "}} ")]
    [InlineData("}}", "},\"id\":\"later\"}")]
    public void What_differs_from_it_is_read_as_the_tables_do(string from, string to)
    {
        const string json =
            "{\"specversion\":\"1.0\",\"type\":\"wkf.cpu.charge\",\"source\":\"/s\",\"tenantid\":\"x\",\"id\":\"a\",\"time\":\"2026-01-31T12:00:00.1234567Z\"," +
            "\"data\":{\"user_id\":\"u\",\"task_id\":\"t\",\"credits\":1.5,\"seconds\":2,\"units\":3}}";
        Assert.True(PlainUsage.TryRead(Cpu, Encoding.UTF8.GetBytes(json), out _));
        AssertSame(Cpu, Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal)));
        AssertSame(Embedded, Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Credits_are_read_as_ClickHouse_reads_them()
    {
        // What ClickHouse 26.5 answered to toDecimal128OrNull(JSONExtractRaw(raw, 'data', 'credits'), 12), and isValidJSON(raw) before.
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "credits-in-clickhouse.tsv"));
        Assert.All(lines.Select(line => line.Split('\t')), answer =>
        {
            var isRead = UsageReader.Read(Cpu, Charge(answer[0]), out var usage) == UsageKind.Usage;
            Assert.Equal((answer[0], answer[1]), (answer[0], isRead ? usage.Amount.ToString() : "refused"));
        });
    }

    [Theory]
    [InlineData("0.1234567890123456789", "0.123456789012", "0.123456789012")]
    [InlineData("123456.789123456789", "123456.7891234568", "123456.789123456789")]
    [InlineData("123456789012345678.123456789012", "123456789012345680", "123456789012345678.12345678901")]
    [InlineData("123456789012345678", "123456789012345678", "123456789012345678")]
    [InlineData("0.3333333333333333333333333333", "0.333333333333", "0.333333333333")]
    [InlineData("1e3", "1000", "1000")]
    [InlineData("1.2e-10", "0.00000000012", "0.00000000012")]
    public void Credits_are_what_the_table_has(string credits, string clickHouse, string embedded)
    {
        Assert.Equal<(string?, string?)>((clickHouse, embedded), (Amount(Cpu), Amount(Embedded)));

        string? Amount(UsageTopic topic) =>
            UsageReader.Read(topic, Charge(credits), out var usage) == UsageKind.Usage ? usage.Amount.ToString() : null;
    }

    [Fact]
    public async Task Damaged_events_are_read_as_the_tables_do()
    {
        var random = new Random(7);
        var originals = await SdkEventsAsync();
        var quick = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var value = Damage(random, originals[random.Next(originals.Count)], originals[random.Next(originals.Count)]);
            quick += PlainUsage.TryRead(Cpu, value, out _) ? 1 : 0;
            AssertSame(random.Next(10) == 0 ? Kuber : Cpu, value);
            AssertSame(Embedded, value);
        }

        // Else it would say little.
        Assert.InRange(quick, 1000, 19_000);
    }

    private static byte[] Charge(string credits) => Encoding.UTF8.GetBytes(
        "{\"specversion\":\"1.0\",\"type\":\"wkf.cpu.charge\",\"source\":\"/s\",\"id\":\"a\",\"time\":\"2026-01-31T12:00:00Z\"," +
        $"\"data\":{{\"user_id\":\"u\",\"task_id\":\"t\",\"credits\":{credits},\"seconds\":2,\"units\":3}}}}");

    private static byte[] Damage(Random random, byte[] original, byte[] other)
    {
        var value = original.ToArray().ToList();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var at = random.Next(value.Count);
            const string signs = "{}[]\":,.0123456789eE+-\\u tfnZTaz\u007f";
            switch (random.Next(5))
            {
                case 0: value[at] = (byte)signs[random.Next(signs.Length)]; break;
                case 1: value[at] = (byte)random.Next(256); break;
                case 2: value.RemoveAt(at); break;
                case 3: value.Insert(at, (byte)signs[random.Next(signs.Length)]); break;
                default:
                    var from = random.Next(other.Length);
                    value.InsertRange(at, other[from..random.Next(from, Math.Min(other.Length, from + 60))]);
                    break;
            }
        }

        return [.. value];
    }

    private static void AssertSame(UsageTopic topic, byte[] value)
    {
        if (!PlainUsage.TryRead(topic, value, out var quick))
            return;
        var kind = UsageReader.ReadExactly(topic, value, out var exact);
        var text = Encoding.UTF8.GetString(value);
        Assert.True(kind == UsageKind.Usage, text);
        Assert.True(
            quick.Resource == exact.Resource && quick.Time == exact.Time && quick.Amount == exact.Amount && quick.Id.SequenceEqual(exact.Id) &&
            quick.User.SequenceEqual(exact.User) && quick.Task.SequenceEqual(exact.Task) && quick.Tenant.SequenceEqual(exact.Tenant),
            text);
    }

    private static async Task<IReadOnlyList<byte[]>> SdkEventsAsync()
    {
        var values = new List<byte[]>();
        var transport = new InMemoryTransport((outgoing, _) =>
        {
            lock (values)
                values.Add(outgoing.Body.ToArray());
            return DeliveryOutcome.Delivered();
        });
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "tests";
            options.Context.TenantId = Guid.NewGuid().ToString();
            options.Context.HostName = "host";
        }).UseInMemory(transport);
        await using var provider = services.BuildServiceProvider();
        var publisher = provider.GetRequiredService<IEventPublisher>();
        foreach (var credits in (decimal[])[0, 1, -2.5m, 0.000000000001m, 123456789.123456789012m])
            await publisher.PublishAsync(new WkfCpuCharge("7c4e1f6a-9f1d-4c39-8f57-0d0cbbd0c001", "task-7", credits, 12.5, 1.75));
        await publisher.PublishAsync(new WkfCpuCharge("müller", "задача", 1, 0, 3));
        await publisher.FlushAsync(TimeSpan.FromSeconds(30));
        lock (values)
            return [.. values];
    }
}
