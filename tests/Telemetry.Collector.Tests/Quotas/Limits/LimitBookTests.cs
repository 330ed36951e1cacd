using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Limits;

public sealed class LimitBookTests : IDisposable
{
    private static readonly KnownResources Resources = new(["cpu", "gpu"]);
    private static readonly LimitSubject Ann = new(LimitKind.User, "ann");
    private static readonly LimitSubject Free = new(LimitKind.Plan, "free");
    private static readonly LimitSubject Pro = new(LimitKind.Plan, "pro");
    private static readonly LimitSubject Acme = new(LimitKind.Tenant, "acme");

    private readonly ScriptedStateLog _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LimitBook _book;

    public LimitBookTests()
    {
        _book = new LimitBook(_log, Resources, _time);
        _book.MarkReady();
    }

    public void Dispose() => _book.Dispose();

    [Fact]
    public async Task The_nearest_limit_applies()
    {
        await SetAsync(Free, null, ("gpu", 10), ("cpu", 1));
        await SetAsync(Pro, null, ("gpu", 100));
        AssertPolicy(null, "none");

        await SetAsync(LimitSubject.Default, "free");
        AssertPolicy(10, "default");
        await SetAsync(Acme, "pro");
        AssertPolicy(100, "plan:pro");
        await SetAsync(Acme, "pro", ("gpu", 50));
        AssertPolicy(50, "tenant");
        await SetAsync(Ann, "free");
        AssertPolicy(10, "plan:free");
        await SetAsync(Ann, "free", ("gpu", 7));
        AssertPolicy(7, "user");

        Assert.Equal("default", _book.Resolve("bob", null, "cpu").Source);
        Assert.Equal("tenant", _book.Resolve("bob", "acme", "gpu").Source);
        // The tenant's plan says nothing of it.
        Assert.Equal("default", _book.Resolve("bob", "acme", "cpu").Source);

        void AssertPolicy(int? amount, string source)
        {
            var policy = _book.Resolve("ann", "acme", "gpu");
            Assert.Equal((amount is null ? null : Amount(amount.Value), source), (policy.Limit?.Amount, policy.Source));
        }
    }

    [Fact]
    public async Task A_policy_is_the_same_object_until_it_changes_and_its_version_grows_with_each_change()
    {
        await SetAsync(Free, null, ("gpu", 10), ("cpu", 1));
        await SetAsync(LimitSubject.Default, "free");
        var (gpu, cpu, version) = (_book.Resolve("ann", null, "gpu"), _book.Resolve("ann", null, "cpu"), _book.Version);

        Assert.Same(gpu, _book.Resolve("bob", "anything", "gpu"));
        await SetAsync(Free, null, ("gpu", 11), ("cpu", 1));

        Assert.Same(cpu, _book.Resolve("ann", null, "cpu"));
        var changed = _book.Resolve("ann", null, "gpu");
        Assert.Equal(Amount(11), changed.Limit!.Amount);
        Assert.True(changed.Version > gpu.Version);
        Assert.True(_book.Version > version);
    }

    [Fact]
    public async Task A_question_allocates_nothing()
    {
        await SetAsync(Free, null, ("gpu", 10));
        await SetAsync(LimitSubject.Default, "free");
        await SetAsync(Ann, "free");
        await GrantAsync("ann", "g");
        await SetAsync(Acme, "free");
        Ask();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Ask();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Ask()
        {
            _book.Resolve("ann", null, "gpu");
            _book.Resolve("bob", "acme", "gpu");
            _book.Resolve("bob", null, "cpu");
        }
    }

    [Fact]
    public async Task Grants_come_in_the_order_of_their_use_and_a_moving_window_takes_none()
    {
        await GrantAsync("ann", "c", priority: 1);
        await GrantAsync("ann", "b");
        await GrantAsync("ann", "a");
        await GrantAsync("ann", "z", expires: _time.GetUtcNow().AddDays(1));

        Assert.Equal(["z", "a", "b", "c"], _book.Resolve("ann", null, "gpu").Grants.Select(grant => grant.Id));
        Assert.Empty(_book.Resolve("ann", null, "cpu").Grants);

        var rolling = new QuotaLimit(Amount(5), new QuotaPeriod(QuotaPeriodKind.Rolling, Length: TimeSpan.FromHours(1), Step: TimeSpan.FromMinutes(1)), true, [80]);
        await WriteAsync(Ann, new LimitSet(null, new Dictionary<string, QuotaLimit> { ["gpu"] = rolling }));
        Assert.Empty(_book.Resolve("ann", null, "gpu").Grants);
    }

    [Fact]
    public async Task A_tag_that_is_out_of_date_changes_nothing_also_over_a_removal()
    {
        var first = (await SetAsync(Ann, null, ("gpu", 1))).Entry!.Tag;
        await SetAsync(Ann, null, ("gpu", 2));

        Assert.Equal(LimitWriteStatus.Changed, (await WriteAsync(Ann, null, ifMatch: first)).Status);
        Assert.Equal(LimitWriteStatus.Done, (await WriteAsync(Ann, null, ifMatch: "\"2\"")).Status);
        Assert.Equal(LimitWriteStatus.NotFound, (await WriteAsync(Ann, null)).Status);
        var again = await SetAsync(Ann, null, ("gpu", 1));
        Assert.Equal("\"4\"", again.Entry!.Tag);
        Assert.Equal(LimitWriteStatus.Changed, (await WriteAsync(Ann, null, ifMatch: first)).Status);
        Assert.Equal(LimitWriteStatus.Changed, (await WriteAsync(Ann, LimitSet.Empty, ifNone: true)).Status);
    }

    [Fact]
    public async Task Each_change_is_kept_with_who_when_before_and_after()
    {
        await SetAsync(Ann, null, ("gpu", 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(Ann, null, who: "billing");

        var changes = _book.Changes(10);

        Assert.Equal(["billing", "tester"], changes.Select(change => change.Who));
        Assert.Equal([1, 0], changes.Select(change => (change.At - _time.GetUtcNow()).Minutes + 1));
        Assert.Equal((changes[1].After!.Value.GetRawText(), null), (changes[0].Before!.Value.GetRawText(), changes[0].After?.GetRawText()));
        Assert.Equal("""{"limits":{"gpu":{"amount":1,"period":"month","zone":"UTC","enforcement":"hard","thresholds":[80,100]}}}""", changes[1].After!.Value.GetRawText());
        Assert.Single(_book.Changes(1));
    }

    [Fact]
    public async Task The_same_again_is_no_change()
    {
        var first = await SetAsync(Ann, null, ("gpu", 1));

        Assert.Equal(first.Entry, (await SetAsync(Ann, null, ("gpu", 1))).Entry);
        Assert.Single(_book.Changes(10));
    }

    [Fact]
    public async Task A_plan_that_somebody_has_stays_and_one_that_is_not_there_is_not_given()
    {
        await SetAsync(Free, null, ("gpu", 1));
        await SetAsync(Ann, "free");

        Assert.Contains("user 'ann' has the plan 'free'", (await WriteAsync(Free, null)).Reason, StringComparison.Ordinal);
        Assert.Contains("There is no plan 'gold'", (await SetAsync(Acme, "gold")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Try again.")]
    [InlineData(true, "it may come into force at the next start")]
    public async Task What_the_log_does_not_take_is_not_in_force(bool isUnknown, string reason)
    {
        _log.Failure = new StateLogException("down", isUnknown);

        var result = await SetAsync(Ann, null, ("gpu", 1));

        Assert.Equal((LimitWriteStatus.LogUnavailable, null), (result.Status, result.Entry));
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal("none", _book.Resolve("ann", null, "gpu").Source);
        Assert.Empty(_book.Changes(10));
    }

    [Fact]
    public async Task Before_it_is_whole_it_takes_no_change()
    {
        using var book = new LimitBook(_log, Resources, _time);

        var result = await book.WriteAsync(new LimitWrite(Ann, "tester", _ => LimitJson.Element(LimitSet.Empty)), default);

        Assert.Equal(LimitWriteStatus.Starting, result.Status);
    }

    [Theory]
    [InlineData("change/")]
    [InlineData("limit/")]
    public async Task Either_of_a_changes_two_records_restores_both(string kind)
    {
        await SetAsync(Ann, null, ("gpu", 1));
        using var other = Restored(_log.Records.Where(record => record.Key.StartsWith(kind, StringComparison.Ordinal)));

        Assert.Equal(Amount(1), other.Resolve("ann", null, "gpu").Limit!.Amount);
        Assert.Single(other.Changes(10));
    }

    [Property(MaxTest = 100)]
    public void Records_in_any_order_of_keys_and_repeated_restore_the_same_book(NonEmptyArray<byte> steps, int seed)
    {
        var log = new ScriptedStateLog();
        using var book = new LimitBook(log, Resources, _time);
        book.MarkReady();
        foreach (var step in steps.Get)
        {
            var subject = new LimitSubject(LimitKind.User, $"u{step % 3}");
            var set = step % 4 == 0 ? null : Set(null, ("gpu", step));
            book.WriteAsync(new LimitWrite(subject, "tester", _ => set is null ? null : LimitJson.Element(set)), default).AsTask().Wait();
        }

        var records = log.Records.Concat(log.Records).ToArray();
        new Random(seed).Shuffle(records);
        using var restored = Restored(records);

        for (var i = 0; i < 3; i++)
            Assert.Equal(book.Resolve($"u{i}", null, "gpu").Limit?.Amount, restored.Resolve($"u{i}", null, "gpu").Limit?.Amount);
        Assert.Equal(book.Changes(1000).Select(change => change.Id), restored.Changes(1000).Select(change => change.Id));
    }

    [Fact]
    public void Users_with_slashes_and_resources_share_no_key() => Assert.NotEqual(
        new LimitSubject(LimitKind.Grant, "a/gpu", "cpu", "g").Key, new LimitSubject(LimitKind.Grant, "a", "gpu", "cpu/g".Replace('/', '-')).Key);

    [Fact]
    public void A_record_of_a_later_version_is_told() => Assert.Throws<JsonException>(() => _book.Apply(new StateRecord(
        "limit/team/x", "", Encoding.UTF8.GetBytes("""{"id":"1","at":"2026-08-01T12:00:00Z","who":"x","kind":"team","revision":1}"""))));

    private static LimitBook Restored(IEnumerable<StateRecord> records)
    {
        var book = new LimitBook(new ScriptedStateLog(), Resources, TimeProvider.System);
        foreach (var record in records)
            book.Apply(record);
        return book;
    }

    private static QuotaAmount Amount(int credits) => QuotaAmount.From(credits);

    private static LimitSet Set(string? plan, params (string Resource, int Amount)[] limits) => new(
        plan, limits.ToDictionary(limit => limit.Resource, limit => new QuotaLimit(Amount(limit.Amount), new QuotaPeriod(QuotaPeriodKind.Month), true, [80, 100])));

    private Task<LimitWriteResult> SetAsync(LimitSubject subject, string? plan, params (string, int)[] limits) => WriteAsync(subject, Set(plan, limits));

    private async Task<LimitWriteResult> WriteAsync(
        LimitSubject subject, LimitSet? set, string who = "tester", string? ifMatch = null, bool ifNone = false) =>
        await _book.WriteAsync(new LimitWrite(subject, who, _ => set is null ? null : LimitJson.Element(set), ifMatch, ifNone), default);

    private async Task GrantAsync(string user, string id, int priority = 0, DateTimeOffset? expires = null)
    {
        var grant = new QuotaGrant(id, Amount(1), priority, _time.GetUtcNow(), expires);
        await _book.WriteAsync(new LimitWrite(new(LimitKind.Grant, user, "gpu", id), "tester", _ => LimitJson.Element(grant)), default);
    }
}
