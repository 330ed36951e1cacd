using Telemetry.Events.Spool.Instances;

namespace Telemetry.Events.Spool.Tests.Instances;

public sealed class EventSpoolTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task What_was_not_acknowledged_is_taken_over_in_order_by_the_next_start()
    {
        await using (var first = _fixture.Open())
        {
            var log = SpoolFixture.Log(first);
            SpoolFixture.Write(log, 1, 100);
            log.Read(40);
            log.Acknowledge(40);
        }

        await using var second = _fixture.Open();
        var left = Assert.Single(second.TakeOver());

        Assert.Equal((SpoolFixture.Transport, DeliveryClass.Usage), (left.Transport, left.Delivery));
        Assert.Equal(60, left.Usage.Events);
        Assert.Equal(0, left.Usage.DamagedRecords);
        Assert.Equal(SpoolFixture.Event(41).Time, left.Usage.OldestTime);
        Assert.True(await left.WaitToReadAsync());
        Assert.Equal(SpoolFixture.Numbers(41, 60), SpoolFixture.ReadAll(left));
        Assert.False(await left.WaitToReadAsync());
    }

    [Fact]
    public async Task A_log_that_is_sent_is_deleted_with_its_instance()
    {
        await using (var first = _fixture.Open())
            SpoolFixture.Write(SpoolFixture.Log(first), 1, 100);
        await using (var second = _fixture.Open())
        {
            var left = Assert.Single(second.TakeOver());
            SpoolFixture.ReadAll(left);
            left.Acknowledge(100);
            Assert.Empty(_fixture.Files("*.segment"));
        }

        Assert.Empty(InstanceDirectory.Enumerate(_fixture.Directory));
        await using var third = _fixture.Open();
        Assert.Empty(third.TakeOver());
    }

    [Fact]
    public async Task A_process_that_ends_half_way_through_a_left_log_leaves_the_rest_to_the_next()
    {
        await using (var first = _fixture.Open())
            SpoolFixture.Write(SpoolFixture.Log(first), 1, 100);
        await using (var second = _fixture.Open())
        {
            var left = Assert.Single(second.TakeOver());
            left.Read(70);
            left.Acknowledge(70);
        }

        await using var third = _fixture.Open();
        Assert.Equal(SpoolFixture.Numbers(71, 30), SpoolFixture.ReadAll(Assert.Single(third.TakeOver())));
    }

    [Fact]
    public async Task Nobody_takes_over_a_living_process_and_only_one_takes_over_a_dead_one()
    {
        await using (var dead = _fixture.Open())
            SpoolFixture.Write(SpoolFixture.Log(dead), 1, 10);
        var spools = Enumerable.Range(0, 4).Select(_ => _fixture.Open()).ToList();
        foreach (var spool in spools)
            SpoolFixture.Write(SpoolFixture.Log(spool), 1, 10);

        var taken = await Task.WhenAll(spools.Select(spool => Task.Run(() => spool.TakeOver())));

        Assert.Single(taken, logs => logs.Count == 1);
        Assert.Equal(3, taken.Count(logs => logs.Count == 0));
        Assert.All(spools, spool => Assert.Empty(spool.TakeOver()));
        foreach (var spool in spools)
            await spool.DisposeAsync();
    }

    [Fact]
    public async Task Logs_of_several_dead_processes_come_oldest_first()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(SpoolFixture.Start));
        foreach (var first in new long[] { 1, 101, 201 })
        {
            using var fixture = new KeptFixture(_fixture.Directory, time);
            await using var spool = fixture.Open();
            SpoolFixture.Write(SpoolFixture.Log(spool), first, 10);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await using var last = _fixture.Open();
        Assert.Equal([1, 101, 201], last.TakeOver().Select(log => SpoolFixture.ReadAll(log)[0]));
    }

    [Fact]
    public async Task Lanes_have_logs_of_their_own_whatever_their_transport_is_called()
    {
        const string Odd = "../büro kafka:1%2F";
        await using (var first = _fixture.Open())
        {
            SpoolFixture.Write(first.Open(Odd, DeliveryClass.Usage), 1, 3);
            SpoolFixture.Write(first.Open(Odd, DeliveryClass.Telemetry), 11, 3);
            SpoolFixture.Write(SpoolFixture.Log(first), 21, 3);
            Assert.Same(SpoolFixture.Log(first), SpoolFixture.Log(first));
        }

        await using var second = _fixture.Open();
        var left = second.TakeOver().ToDictionary(log => (log.Transport, log.Delivery), log => SpoolFixture.ReadAll(log)[0]);
        Assert.Equal(1, left[(Odd, DeliveryClass.Usage)]);
        Assert.Equal(11, left[(Odd, DeliveryClass.Telemetry)]);
        Assert.Equal(21, left[(SpoolFixture.Transport, DeliveryClass.Usage)]);
    }

    [Fact]
    public async Task Only_the_services_user_can_read_what_is_spooled()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 10);
        log.Read(5);
        log.Acknowledge(5);

        Assert.All(_fixture.Files("*"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file)));
        Assert.All(
            Directory.GetDirectories(_fixture.Directory, "*", SearchOption.AllDirectories),
            directory => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(directory)));
    }

    [Fact]
    public async Task What_another_version_left_is_not_deleted()
    {
        await using (var first = _fixture.Open())
            SpoolFixture.Write(SpoolFixture.Log(first), 1, 10);
        var log = Path.GetDirectoryName(_fixture.Files("*.segment")[0])!;
        var unknown = Path.Combine(Path.GetDirectoryName(log)!, "class_of_tomorrow-kafka");
        Directory.Move(log, unknown);

        await using (var second = _fixture.Open())
            Assert.Empty(second.TakeOver());

        Assert.Single(Directory.GetFiles(unknown, "*.segment"));
    }

    [Fact]
    public async Task A_disposed_spool_opens_and_takes_over_nothing()
    {
        var spool = _fixture.Open();
        await spool.DisposeAsync();
        await spool.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => SpoolFixture.Log(spool));
        Assert.Throws<ObjectDisposedException>(spool.TakeOver);
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private sealed class KeptFixture(string directory, TimeProvider time) : IDisposable
    {
        public EventSpool Open() => new SpoolFixture(directory) { Time = time }.Open();

        public void Dispose()
        {
        }
    }
}
