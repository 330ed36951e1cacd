using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.Spool.HealthChecks;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests.Faults;

[Trait("Category", "Integration")]
public sealed class DiskFaultTests
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(SpoolFixture.Start));

    [SmallDiskFact]
    public async Task A_full_disk_refuses_and_works_again_when_there_is_room_with_nothing_lost_and_nothing_that_was_refused()
    {
        using var disk = SmallDisk.Mount();
        var ballast = Path.Combine(disk.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[1 << 20]);
        var fixture = new SpoolFixture(Path.Combine(disk.Path, "spool")) { Time = _time };
        var confirmed = new List<long>();
        await using (var spool = fixture.Open())
        {
            var log = SpoolFixture.Log(spool);
            long number = 0;
            var refusal = Publish(log, ++number, confirmed);
            while (refusal == SpoolRefusal.None)
                refusal = Publish(log, ++number, confirmed);

            Assert.Equal(SpoolRefusal.DiskFull, refusal);
            Assert.Equal(SpoolRefusal.DiskFull, log.Usage.Failure);
            // Refused at the call, without another attempt, until it is time for one.
            Assert.Equal(SpoolRefusal.DiskFull, log.Append(SpoolFixture.Event(++number)).Refusal);
            _time.Advance(RetryInterval);
            Assert.Equal(SpoolRefusal.DiskFull, Publish(log, ++number, confirmed));

            // Without traffic, looking at its health is what finds out; a disk that is full still does not pass for working.
            var health = new SpoolHealthCheck(spool, Microsoft.Extensions.Options.Options.Create(fixture.Options));
            Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new HealthCheckContext())).Status);
            Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new HealthCheckContext())).Status);
            File.Delete(ballast);
            await HealthyAsync(health);
            Assert.Equal(SpoolRefusal.None, Publish(log, ++number, confirmed));
            Assert.Equal(SpoolRefusal.None, log.Usage.Failure);
            Assert.Equal(confirmed, SpoolFixture.ReadAll(log, bodyBytes: 3000));
            Assert.Equal(confirmed.Count, log.Usage.Events);
        }

        await using var next = fixture.Open();
        var left = Assert.Single(next.TakeOver());
        Assert.Equal(0, left.Usage.DamagedRecords);
        Assert.Equal(confirmed, SpoolFixture.ReadAll(left, bodyBytes: 3000));
    }

    [SmallDiskFact]
    public void A_read_only_file_system_fails_the_start_with_the_options_name()
    {
        using var disk = SmallDisk.Mount();
        var fixture = new SpoolFixture(Path.Combine(disk.Path, "spool"));

        disk.Remount("ro");
        var failures = new SpoolOptionsValidator().Validate(null, fixture.Options).FailureMessage;
        disk.Remount("rw");

        Assert.Contains($"TelemetryEvents:Spool:Directory is '{fixture.Directory}', which cannot be written", failures, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", failures, StringComparison.Ordinal);
        Assert.True(new SpoolOptionsValidator().Validate(null, fixture.Options).Succeeded);
    }

    [Fact]
    public async Task A_directory_removed_under_the_spool_refuses_shows_in_health_and_is_made_again()
    {
        using var fixture = new SpoolFixture { Time = _time };
        await using var spool = fixture.Open();
        var log = SpoolFixture.Log(spool);
        var health = new SpoolHealthCheck(spool, Options.Create(fixture.Options));
        var confirmed = new List<long>();
        Assert.Equal(SpoolRefusal.None, Publish(log, 1, confirmed));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new HealthCheckContext())).Status);

        Directory.Delete(fixture.Directory, recursive: true);

        Assert.Equal(SpoolRefusal.DirectoryRemoved, Publish(log, 2, confirmed));
        var result = await health.CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("spool_directory_removed", result.Description, StringComparison.Ordinal);

        // That look had the log try again; else the next event would.
        _time.Advance(RetryInterval);
        Assert.Equal(SpoolRefusal.None, Publish(log, 3, confirmed));
        Assert.Equal([3], SpoolFixture.ReadAll(log, bodyBytes: 3000));
        Assert.Equal(1, log.Usage.DamagedRecords);
        Assert.Equal(1, log.Usage.Events);
        await using var other = fixture.Open();
        Assert.Empty(other.TakeOver());
    }

    [Fact]
    public void A_directory_below_a_file_fails_the_start_with_the_options_name()
    {
        using var fixture = new SpoolFixture();
        var file = Path.Combine(fixture.Directory, "file");
        File.WriteAllText(file, "");

        var failures = new SpoolOptionsValidator().Validate(null, new SpoolOptions { Directory = Path.Combine(file, "spool") });

        Assert.Contains("TelemetryEvents:Spool:Directory is ", failures.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Give the service's user a writable directory", failures.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task HealthyAsync(SpoolHealthCheck health)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await health.CheckHealthAsync(new HealthCheckContext(), deadline.Token)).Status == HealthStatus.Unhealthy)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static SpoolRefusal Publish(IEventLog log, long number, List<long> confirmed)
    {
        var result = log.Append(SpoolFixture.Event(number, bodyBytes: 3000));
        var refusal = result.IsAppended ? log.WaitForCommit(result.Position, TimeSpan.FromSeconds(20)) : result.Refusal;
        if (refusal == SpoolRefusal.None)
            confirmed.Add(number);
        return refusal;
    }
}
