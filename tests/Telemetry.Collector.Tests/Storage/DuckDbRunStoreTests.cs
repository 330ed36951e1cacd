using System.Diagnostics;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.DuckDb;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

public sealed class DuckDbRunStoreTests : RunStoreContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    protected override Task<IRunStore> CreateAsync(RunSchedule schedule) =>
        Task.FromResult<IRunStore>(DuckDbRunStore.Open(":memory:", schedule));

    protected override Task<IRunStore> OpenAsync(string name, RunSchedule schedule) =>
        Task.FromResult<IRunStore>(DuckDbRunStore.Open(_directory.File($"{name}.duckdb"), schedule));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rows_are_there_after_the_file_is_opened_again()
    {
        var path = _directory.File("new/directory; with='odd' name/store.duckdb");
        using (var store = DuckDbRunStore.Open(path, Plain))
            await store.ApplyAsync(Start("t-1"), Finish("t-1"));

        using var reopened = DuckDbRunStore.Open(path, Plain);

        Assert.Equal(RunState.Finished, (await reopened.GetAsync(Id("t-1"), default))!.State);
    }

    [Fact]
    public async Task A_file_store_reads_and_writes_side_by_side()
    {
        using var store = DuckDbRunStore.Open(_directory.File("store.duckdb"), Plain);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            i % 2 == 0 ? store.ApplyAsync(Start($"t-{i}")) : store.FindAsync(new RunFilter(), default)));

        Assert.Equal(10, (await store.FindAsync(new RunFilter(), default)).Count);
    }

    [Fact]
    public async Task A_failed_batch_leaves_nothing_and_the_store_goes_on()
    {
        var path = _directory.File("store.duckdb");
        using var store = DuckDbRunStore.Open(path, Plain);
        Execute(path, "ALTER TABLE dead_letters RENAME TO elsewhere");

        await Assert.ThrowsAsync<DuckDBException>(() => store.ApplyAsync([Start("t-1").At(0)], [DeadLetter(1)], default));
        Assert.Null(await store.GetAsync(Id("t-1"), default));

        Execute(path, "ALTER TABLE elsewhere RENAME TO dead_letters");
        await store.ApplyAsync([Start("t-1").At(0)], [DeadLetter(1)], default);
        Assert.NotNull(await store.GetAsync(Id("t-1"), default));
    }

    [Fact]
    public async Task Batches_of_a_thousand_events_are_stored_well_under_a_second_each()
    {
        using var store = DuckDbRunStore.Open(_directory.File("store.duckdb"), Plain);
        var watch = Stopwatch.StartNew();

        for (var batch = 0; batch < 5; batch++)
        {
            await store.ApplyAsync(
                [.. Enumerable.Range(0, 500).SelectMany(i => new[] { Start($"{batch}-{i}"), Finish($"{batch}-{i}") })]);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"Five batches took {watch.Elapsed.TotalMilliseconds:0} ms.");
        Assert.Equal(2500, (await store.CountAsync(default)).Runs[RunState.Finished]);
    }

    [Fact]
    public void A_path_that_cannot_be_a_file_fails_with_path_and_fix()
    {
        var failure = Assert.Throws<StartupException>(() => DuckDbRunStore.Open(_directory.Path, Plain));

        Assert.Contains(_directory.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set Collector:Storage:Path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_fails_with_path_and_fix()
    {
        File.WriteAllText(_directory.File("occupied"), "");

        var failure = Assert.Throws<StartupException>(() => DuckDbRunStore.Open(_directory.File("occupied/store.duckdb"), Plain));

        Assert.Contains("Set Collector:Storage:Path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_left_alone()
    {
        var path = _directory.File("notes.txt");
        File.WriteAllText(path, "My notes, which are not a database.");

        Assert.Throws<StartupException>(() => DuckDbRunStore.Open(path, Plain));

        Assert.Equal("My notes, which are not a database.", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused()
    {
        var path = _directory.File("store.duckdb");
        DuckDbRunStore.Open(path, Plain).Dispose();
        Execute(path, "INSERT INTO schema_version VALUES (99)");

        var failure = Assert.Throws<StartupException>(() => DuckDbRunStore.Open(path, Plain));

        Assert.Contains("schema version 99", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_file_of_an_older_version_is_brought_up_to_date_with_its_rows(int version)
    {
        var path = _directory.File("store.duckdb");
        Execute(path, string.Concat(DuckDbSchema.Migrations.Take(version)) +
            """
            CREATE TABLE schema_version (version INTEGER PRIMARY KEY);
            INSERT INTO runs VALUES
              ('id-1', 'task', 't-1', 'measured', NULL, 'ann', 'llm', 'node-1', NULL, NULL, 't-1-start', 't-1-finish',
               TIMESTAMP '2026-08-01 12:00:00', TIMESTAMP '2026-08-01 12:00:20', 'failed', NULL, 1, NULL),
              ('id-2', 'task', 't-2', 'open', 'no finish event yet', 'ann', 'llm', 'node-1', NULL, NULL, 't-2-start', NULL,
               TIMESTAMP '2026-08-01 12:00:00', NULL, NULL, NULL, 0, NULL);
            INSERT INTO run_metrics VALUES ('id-1', 'node.cpu', 'cores', 'core-seconds', 0.25, 2, 1.5, 1.75, 30, 12);
            """ + $"INSERT INTO schema_version VALUES ({version})");

        using var store = DuckDbRunStore.Open(path, Plain);
        await store.ApplyAsync(Start("t-1"), Finish("t-1"), Finish("t-2"));

        var measured = (await store.GetAsync("id-1", default))!;
        Assert.Equal((RunState.Measured, 1, RevisionKind.Final), (measured.State, measured.Revision, measured.RevisionKind));
        Assert.Equal([Cpu], measured.Metrics);
        Assert.Equal(RunState.Finished, (await store.GetAsync("id-2", default))!.State);
        Assert.Equal(["id-2"], (await store.FindDueAsync(Noon.AddHours(1), 10, default)).Select(run => run.Id));
    }

    [Fact]
    public async Task What_began_before_a_moment_is_forgotten_with_all_that_belongs_to_it_and_what_is_due_stays()
    {
        var path = _directory.File("store.duckdb");
        using var store = DuckDbRunStore.Open(path, Plain);
        await store.ApplyAsync(
            [
                Start("old").At(0), Finish("old").At(1), Start("new", 100).At(2), Finish("new", 120).At(3), Start("due").At(4), Finish("due").At(5),
                (Start("old", 100) with { EventId = "again", Node = "node-2" }).At(6), (Finish("old", 110) with { EventId = "ended", Node = "node-2" }).At(7),
            ],
            [DeadLetter(1), DeadLetter(200)], default);
        foreach (var run in (string[])[Id("old"), Id("new"), RunId.For(RunKind.Task, "old", "again")])
            await store.SaveMeasurementAsync(run, new Measurement([Cpu], null) { Values = [CpuOwn] }, default);

        Assert.Equal(1, await store.ForgetAsync(Noon.AddSeconds(50), default));
        Assert.Equal(0, await store.ForgetAsync(Noon.AddSeconds(50), default));

        Assert.Equal(["new", "old", "due"], (await store.FindAsync(new RunFilter(), default)).Select(run => run.TaskId));
        Assert.Equal(200, Assert.Single(await store.FindDeadLettersAsync(10, default)).Offset);
        Assert.Empty(await store.GetRevisionsAsync(Id("old"), default));
        // The task's other attempt is what it was, whatever comes of the task.
        await store.ApplyAsync([(Start("old", 300) with { EventId = "third" }).At(9)], [], default);
        Assert.Equal(4, (await store.FindAsync(new RunFilter(), default)).Count);
        Assert.Equal(2, (await store.CountAsync(default)).Runs[RunState.Measured]);
    }

    [Fact]
    public async Task With_a_retention_old_runs_are_deleted_every_hour()
    {
        var time = new FakeTimeProvider(Noon);
        using var store = DuckDbRunStore.Open(":memory:", Plain);
        await store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null), default);
        using var retention = new RunRetention(
            store, Options.Create(new StorageOptions { RetentionDays = 10 }), time, NullLogger<RunRetention>.Instance);
        await retention.StartAsync(default);

        Assert.NotNull(await store.GetAsync(Id("t-1"), default));
        time.Advance(TimeSpan.FromDays(10));
        Assert.NotNull(await store.GetAsync(Id("t-1"), default));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await store.GetAsync(Id("t-1"), deadline.Token) is not null)
        {
            time.Advance(RunRetention.Interval);
            await Task.Delay(10, deadline.Token);
        }

        await retention.StopAsync(default);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = path }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
