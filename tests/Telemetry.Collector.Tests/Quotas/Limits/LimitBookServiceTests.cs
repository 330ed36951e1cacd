using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Limits.File;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Tests.Security;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Quotas.Limits;

public sealed class LimitBookServiceTests : IAsyncLifetime
{
    private static readonly KnownResources Resources = new(["gpu"]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();
    private readonly ScriptedStateLog _stateLog = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogCapture _log = new();
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<IDisposable> _parts = [];
    private LimitsFileState _state = null!;

    private string FilePath => _directory.File("limits.json");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var part in _parts)
        {
            if (part is LimitBookService service)
                await service.StopAsync(default);
            part.Dispose();
        }

        _log.Dispose();
        await _provider.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_file_is_in_force_from_the_start_and_again_when_it_changes()
    {
        Write(5);
        var book = await StartAsync();
        Assert.Equal(QuotaAmount.From(5), Limit(book));

        Write(6);
        await EventuallyAsync(() => Limit(book) == QuotaAmount.From(6));

        Assert.Equal(["file", "file"], book.Changes(10).Where(change => change.Kind == "plan").Select(change => change.Who));
    }

    [Fact]
    public async Task What_stands_in_the_file_is_the_files_alone()
    {
        Write(5);
        var book = await StartAsync();

        var write = await book.WriteAsync(new LimitWrite(new(LimitKind.Plan, "free"), "ann", _ => null), default);

        Assert.Equal((LimitWriteStatus.InFile, "The limits file has plan 'free': change it there."), (write.Status, write.Reason));
    }

    [Fact]
    public async Task What_the_file_no_longer_has_is_gone_also_where_it_changed_while_nothing_ran()
    {
        Write(5);
        await StartAsync();
        File.WriteAllText(FilePath, """{"version":1,"plans":{"other":{}}}""");

        var book = await StartAsync();

        Assert.Equal("none", book.Resolve("ann", null, "gpu").Source);
        Assert.Equal("other", Assert.Single(book.List(LimitKind.Plan)).Subject.Name);
    }

    [Fact]
    public async Task The_same_file_after_a_restart_is_no_change()
    {
        Write(5);
        var changes = (await StartAsync()).Changes(10).Count;

        Assert.Equal(changes, (await StartAsync()).Changes(10).Count);
    }

    [Fact]
    public async Task Entries_of_the_API_stay_beside_the_file()
    {
        Write(5);
        var book = await StartAsync();
        var set = LimitJson.Element(new LimitSet("free", LimitSet.Empty.Limits));
        await book.WriteAsync(new LimitWrite(new(LimitKind.User, "ann"), "ann", _ => set), default);

        Write(6);
        await EventuallyAsync(() => Limit(book) == QuotaAmount.From(6));

        Assert.NotNull(book.Find(new(LimitKind.User, "ann")));
    }

    [Fact]
    public async Task A_file_that_breaks_leaves_the_last_good_one_in_force_and_is_told_once()
    {
        Write(5);
        var book = await StartAsync();

        File.WriteAllText(FilePath, """{"version":1,"default_plan":"gold"}""");
        await EventuallyAsync(() => _state.Failure is not null);
        for (var i = 0; i < 5; i++)
            _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(QuotaAmount.From(5), Limit(book));
        Assert.Equal(HealthStatus.Degraded, (await _state.CheckHealthAsync(new HealthCheckContext())).Status);
        Assert.Equal(2, _log.Text.Split("at $.default_plan: it is 'gold'").Length);

        Write(7);
        await EventuallyAsync(() => _state.Failure is null);
        Assert.Equal(QuotaAmount.From(7), Limit(book));
    }

    [Fact]
    public async Task Until_the_log_is_read_the_book_is_not_whole()
    {
        var replaying = new TaskCompletionSource();
        _stateLog.Replaying = replaying.Task;
        Write(5);
        var book = await StartAsync(waits: false);

        Assert.False(book.IsReady);
        replaying.SetResult();
        await book.Ready.WaitAsync(Patience);

        Assert.Equal(QuotaAmount.From(5), Limit(book));
    }

    [Fact]
    public void A_broken_file_fails_the_start_with_every_mistake()
    {
        File.WriteAllText(FilePath, """{"version":2,"default_plan":"gold"}""");

        var result = new LimitsFileOptionsValidator(Resources).Validate(null, new LimitsFileOptions { LimitsPath = FilePath });

        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains(
            "cannot be read",
            Assert.Single(new LimitsFileOptionsValidator(Resources).Validate(null, new LimitsFileOptions { LimitsPath = FilePath + "x" }).Failures!), StringComparison.Ordinal);
    }

    private static QuotaAmount? Limit(LimitBook book) => book.Resolve("ann", null, "gpu").Limit?.Amount;

    private void Write(int amount) => File.WriteAllText(
        FilePath,
        """{"version":1,"default_plan":"free","plans":{"free":{"limits":{"gpu":{"amount":AMOUNT,"period":"day"}}}}}"""
            .Replace("AMOUNT", $"{amount}", StringComparison.Ordinal));

    private async Task<LimitBook> StartAsync(bool waits = true)
    {
        var book = new LimitBook(_stateLog, Resources, _time);
        _state = new LimitsFileState(_provider.GetRequiredService<IMeterFactory>());
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        var service = new LimitBookService(
            book, _stateLog, Options.Create(new LimitsFileOptions { LimitsPath = FilePath }), Resources, _state, _time,
            loggers.CreateLogger<LimitBookService>());
        _parts.AddRange([service, book, _state]);
        await service.StartAsync(default);
        if (waits)
            await book.Ready.WaitAsync(Patience);
        return book;
    }

    private async Task EventuallyAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!holds())
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(10, deadline.Token);
        }
    }
}
