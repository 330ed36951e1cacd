using FsCheck.Xunit;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.IntegrationTests.Quotas.Stores;

/// <summary>What every store of usage does.</summary>
public abstract class UsageStoreContract
{
    private const string User = "ann";
    private const long Day = 86_400_000;
    private static readonly string[] Topics = ["wkf_cpu", "kuber_cpu", "wkf_gpu", "kuber_gpu"];

    private static readonly QuotaResource Cpu = new("cpu", [new("wkf.cpu.charge", "wkf_cpu"), new("kuber.cpu.charge", "kuber_cpu")]);
    private static readonly QuotaResource Gpu = new("gpu", [new("wkf.gpu.charge", "wkf_gpu"), new("kuber.gpu.charge", "kuber_gpu")]);

    private int _cases;

    private protected abstract IUsageStore Store { get; }

    private protected abstract Task WriteAsync(IReadOnlyList<StoredCharge> charges);

    [Fact]
    public async Task A_user_without_rows_has_used_nothing()
    {
        await WriteAsync([Charge(1, user: "bob")]);

        var usage = await Store.LoadAsync(Query() with { TailIds = ["id-1"] }, default);

        Assert.Empty(usage.Slots);
        Assert.Empty(usage.Tasks);
        Assert.Empty(usage.RecentIds);
        Assert.Empty(usage.StoredTailIds);
        Assert.Null(usage.Tenant);
    }

    [Fact]
    public async Task Sums_are_exact_to_the_twelfth_digit_and_beyond_the_range_of_decimal()
    {
        await WriteAsync(
        [
            Charge(1, credits: 0.1m), Charge(2, credits: 0.2m), Charge(3, credits: 0.000000000001m),
            Charge(4, credits: 1_000_000_000_000_000_000_000m), Charge(5, credits: 1_000_000_000_000_000_000_000m),
        ]);

        var slot = Assert.Single((await Store.LoadAsync(Query(), default)).Slots);

        Assert.Equal(Int128.Parse("2000000000000000000000300000000001"), slot.Amount.Units);
    }

    [Fact]
    public async Task Corrections_are_taken_off_and_a_slot_that_comes_to_nothing_is_not_named()
    {
        await WriteAsync([Charge(1, credits: 5), Charge(2, credits: -7.5m), Charge(3, time: Day, credits: 2), Charge(4, time: Day, credits: -2)]);

        var usage = await Store.LoadAsync(Query(0, Day), default);

        Assert.Equal([new SlotUsage("cpu", 0, QuotaAmount.From(-2.5m))], usage.Slots);
    }

    [Fact]
    public async Task An_event_belongs_to_the_last_slot_that_starts_at_or_before_it()
    {
        await WriteAsync(
        [
            Charge(1, time: Day - 1, credits: 1), Charge(2, time: Day, credits: 2), Charge(3, time: 2 * Day - 1, credits: 4),
            Charge(4, time: 2 * Day, credits: 8), Charge(5, time: 400 * Day, credits: 16),
        ]);

        var usage = await Store.LoadAsync(Query(Day, 2 * Day, 3 * Day), default);

        Assert.Equal(
            [new SlotUsage("cpu", Day, QuotaAmount.From(6)), new SlotUsage("cpu", 2 * Day, QuotaAmount.From(8)), new SlotUsage("cpu", 3 * Day, QuotaAmount.From(16))],
            usage.Slots.OrderBy(slot => slot.Start));
    }

    [Fact]
    public async Task Resources_have_slots_of_their_own_and_events_of_all_their_topics()
    {
        await WriteAsync(
        [
            Charge(1, time: Day, credits: 1), Charge(2, time: Day, credits: 2) with { Topic = "kuber_cpu", Type = "kuber.cpu.charge" },
            Charge(3, time: Day, credits: 4) with { Topic = "wkf_gpu", Type = "wkf.gpu.charge" },
            Charge(4, time: Day, credits: 8) with { Type = "wkf.cpu.other" },
        ]);

        var usage = await Store.LoadAsync(
            Query() with { Resources = [new ResourceSlots(Cpu, [0]), new ResourceSlots(Gpu, [Day]), new ResourceSlots(new QuotaResource("both", [.. Cpu.Events, .. Gpu.Events]), [7])] }, default);

        Assert.Equal(
            [new SlotUsage("both", 7, QuotaAmount.From(7)), new SlotUsage("cpu", 0, QuotaAmount.From(3)), new SlotUsage("gpu", Day, QuotaAmount.From(4))],
            usage.Slots.OrderBy(slot => slot.Resource, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_id_counts_once_and_of_copies_that_differ_the_first_in_its_partition()
    {
        // Written out of order, and the first is before the slots: the later copy is none of them either.
        await WriteAsync([Charge(5, id: "twice", credits: 9), Charge(3, id: "twice", credits: 1), Charge(4, id: "twice", credits: 9)]);
        await WriteAsync([Charge(7, id: "early", time: Day), Charge(6, id: "early", time: 1, credits: 3)]);

        Assert.Equal([new SlotUsage("cpu", 0, QuotaAmount.From(4))], (await Store.LoadAsync(Query(0, Day), default)).Slots);
        Assert.Empty((await Store.LoadAsync(Query(5), default)).Slots);
    }

    [Fact]
    public async Task Only_what_is_below_the_positions_counts()
    {
        await WriteAsync([Charge(9, credits: 1), Charge(10, credits: 2), Charge(4, partition: 1, credits: 4), Charge(5, partition: 1, credits: 8), Charge(0, partition: 2, credits: 16)]);

        var usage = await Store.LoadAsync(Query() with { Below = Below(10, 5), TailIds = ["id-0-10", "id-0-9"], IdsSince = DateTimeOffset.UnixEpoch }, default);

        Assert.Equal([new SlotUsage("cpu", 0, QuotaAmount.From(5))], usage.Slots);
        Assert.Equal(["id-0-9"], usage.StoredTailIds);
        Assert.Equal(["id-0-9", "id-1-4"], usage.RecentIds.Select(recent => recent.Id).Order());
        Assert.Empty((await Store.LoadAsync(Query() with { Below = UsagePositions.None }, default)).Slots);
    }

    [Fact]
    public async Task Tasks_are_summed_from_their_own_times_on()
    {
        await WriteAsync(
        [
            Charge(1, time: 99, credits: 1), Charge(2, time: 100, credits: 2), Charge(3, time: 101, credits: 4), Charge(4, time: 500, credits: 8) with { Task = "task-2" },
            Charge(5, time: 500, credits: 16) with { Topic = "wkf_gpu", Type = "wkf.gpu.charge" },
        ]);

        var usage = await Store.LoadAsync(
            Query() with
            {
                Resources = [new ResourceSlots(Cpu, [1000]), new ResourceSlots(Gpu, [])],
                Tasks = [new("cpu", "task-1", 100), new("gpu", "task-1", 0), new("cpu", "task-2", 501), new("cpu", "task-3", 0), new("unknown", "task-1", 0)],
            }, default);

        Assert.Empty(usage.Slots);
        Assert.Equal(
            [new TaskUsage("cpu", "task-1", QuotaAmount.From(6)), new TaskUsage("gpu", "task-1", QuotaAmount.From(16))],
            usage.Tasks.OrderBy(task => task.Resource));
    }

    [Fact]
    public async Task Recent_ids_are_those_since_a_time_and_stored_ids_of_the_tail_those_of_any()
    {
        await WriteAsync([Charge(1, time: 10), Charge(2, time: 20), Charge(3, time: 30) with { Topic = "kuber_gpu", Type = "kuber.gpu.charge" }]);

        var usage = await Store.LoadAsync(
            Query() with
            {
                Resources = [new ResourceSlots(Cpu, [1000]), new ResourceSlots(Gpu, [1000])],
                IdsSince = DateTimeOffset.FromUnixTimeMilliseconds(20),
                TailIds = ["id-0-1", "id-0-3", "id-0-4"],
            }, default);

        Assert.Equal([new RecentId("id-0-2", 20), new RecentId("id-0-3", 30)], usage.RecentIds.OrderBy(recent => recent.Time));
        Assert.Equal(["id-0-1", "id-0-3"], usage.StoredTailIds.Order());
    }

    [Fact]
    public async Task The_tenant_is_that_of_the_latest_event_that_names_one()
    {
        await WriteAsync(
            [Charge(1, time: 10) with { Tenant = "t-1" }, Charge(2, time: 30) with { Tenant = "t-3" }, Charge(3, time: 20) with { Tenant = "t-2" }, Charge(4, time: 40)]);

        Assert.Equal("t-3", (await Store.LoadAsync(Query(Day), default)).Tenant);
    }

    [Theory]
    [InlineData("o'brien")]
    [InlineData("a\\b\tc\nd\r")]
    [InlineData("{p0:String}")]
    [InlineData("'); DROP TABLE wkf_cpu; --")]
    [InlineData("$user\"`")]
    [InlineData("дядя ☃ 𝄞")]
    [InlineData("")]
    public async Task Whatever_a_user_a_task_or_an_id_is_called_it_is_found(string name)
    {
        await WriteAsync([Charge(1, user: name, id: $"id{name}") with { Task = name, Tenant = name }, Charge(2)]);

        var usage = await Store.LoadAsync(Query() with { User = name, TailIds = [$"id{name}", name], Tasks = [new("cpu", name, 0)], IdsSince = DateTimeOffset.UnixEpoch }, default);

        Assert.Equal([new SlotUsage("cpu", 0, QuotaAmount.From(1))], usage.Slots);
        Assert.Equal([new TaskUsage("cpu", name, QuotaAmount.From(1))], usage.Tasks);
        Assert.Equal([$"id{name}"], usage.StoredTailIds);
        Assert.Equal([new RecentId($"id{name}", 1)], usage.RecentIds);
        Assert.Equal(name.Length == 0 ? null : name, usage.Tenant);
    }

    [Fact]
    public async Task A_long_tail_and_many_slots_are_one_query_too()
    {
        await WriteAsync([.. Enumerable.Range(1, 2000).Select(number => Charge(number, time: 1000 * number))]);

        var usage = await Store.LoadAsync(
            Query([.. Enumerable.Range(1, 20_000).Select(number => 1000L * number)]) with
            {
                TailIds = [.. Enumerable.Range(1, 10_000).Select(number => $"id-0-{2 * number}")],
            }, default);

        Assert.Equal(2000, usage.Slots.Count);
        Assert.Equal(1000, usage.StoredTailIds.Distinct().Count());
    }

    [Property(MaxTest = 20)]
    public async Task Any_history_is_summed_as_a_recount_does(int seed)
    {
        var random = new Random(seed);
        // An offset is one record, in all the cases of a run.
        var first = 1000L * _cases++;
        var user = $"user{first}";
        var charges = Enumerable.Range(0, random.Next(1, 120)).Select(number =>
        {
            var topic = random.Next(Topics.Length);
            return new StoredCharge($"{first}-{random.Next(60)}", user, random.Next(100), random.Next(-1000, 5000) / 1000m, topic, first + number)
            {
                // A topic a partition: what comes first is clear even of copies that differ.
                Topic = Topics[topic],
                Type = Topics[topic].Replace('_', '.') + (random.Next(10) == 0 ? ".other" : ".charge"),
                Task = $"task-{random.Next(4)}",
                Tenant = random.Next(3) == 0 ? $"tenant-{number}" : "",
            };
        }).ToList();
        await WriteAsync(charges);
        var below = first + random.Next(130);
        var starts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (long)random.Next(100)).Distinct().Order().ToArray();
        var query = Query() with
        {
            User = user,
            Below = Below(below, below, below, below),
            Resources = [new ResourceSlots(Cpu, starts), new ResourceSlots(Gpu, [0])],
            Tasks = [new("cpu", "task-0", random.Next(100)), new("gpu", "task-1", random.Next(100))],
            IdsSince = DateTimeOffset.FromUnixTimeMilliseconds(random.Next(100)),
            TailIds = [.. Enumerable.Range(0, 20).Select(_ => $"{first}-{random.Next(80)}").Distinct()],
        };

        var usage = await Store.LoadAsync(query, default);

        var counted = charges.Where(charge => charge.Offset < below && charge.Type.EndsWith(".charge", StringComparison.Ordinal))
            .GroupBy(charge => charge.Id).Select(copies => copies.OrderBy(copy => (copy.Partition, copy.Offset)).First()).ToList();
        QuotaAmount Sum(IEnumerable<StoredCharge> some) => QuotaAmount.From(some.Sum(charge => charge.Credits));
        List<StoredCharge> Of(string resource) => counted.FindAll(charge => charge.Topic.EndsWith(resource, StringComparison.Ordinal));
        var slots = query.Resources.SelectMany(slot => slot.Starts.Select((start, place) => new SlotUsage(slot.Resource.Name, start, Sum(Of(slot.Resource.Name).Where(
            charge => charge.Time >= start && (place + 1 == slot.Starts.Count || charge.Time < slot.Starts[place + 1])))))).Where(slot => slot.Amount != QuotaAmount.Zero);
        Assert.Equal(slots.OrderBy(slot => (slot.Resource, slot.Start)), usage.Slots.OrderBy(slot => (slot.Resource, slot.Start)));
        var tasks = query.Tasks.Select(task => (task, Charges: Of(task.Resource).FindAll(charge => charge.Task == task.Task && charge.Time >= task.Since)))
            .Where(task => task.Charges.Count > 0).Select(task => new TaskUsage(task.task.Resource, task.task.Task, Sum(task.Charges)));
        Assert.Equal(tasks.OrderBy(task => task.Resource), usage.Tasks.OrderBy(task => task.Resource));
        Assert.Equal(
            counted.Where(charge => charge.Time >= query.IdsSince.ToUnixTimeMilliseconds()).Select(charge => new RecentId(charge.Id, charge.Time)).OrderBy(recent => recent.Id),
            usage.RecentIds.OrderBy(recent => recent.Id));
        Assert.Equal(query.TailIds.Intersect(counted.Select(charge => charge.Id)).Order(), usage.StoredTailIds.Order());
        var named = counted.Where(charge => charge.Tenant.Length > 0).OrderBy(charge => (charge.Time, charge.Offset)).LastOrDefault();
        Assert.Equal(named?.Tenant, usage.Tenant);
    }

    private static StoredCharge Charge(long offset, int partition = 0, string user = User, string? id = null, long time = 1, decimal credits = 1) =>
        new(id ?? $"id-{partition}-{offset}", user, time, credits, partition, offset);

    private static UserUsageQuery Query(params long[] starts) => new(
        User, Below(1_000_000), [new ResourceSlots(Cpu, starts.Length > 0 ? starts : [0])], [], DateTimeOffset.MaxValue.AddDays(-1), []);

    private static UsagePositions Below(params long[] next) => new(Topics.ToDictionary(topic => topic, IReadOnlyList<long> (_) => next));
}
