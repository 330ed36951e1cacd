
namespace Telemetry.Events.Spool.Tests.Log;

public sealed class DamagedLogTests : IDisposable
{
    private const int RecordBytes = 64 + 14 + 6 + 500;
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_damaged_record_is_passed_over_counted_and_its_segment_kept_for_whoever_looks_for_it()
    {
        await LeaveAsync(10);
        // Event 1 is one of asset_transfer: its record is as long as thought here.
        Change(bytes => bytes[RecordBytes - 1] ^= 1);

        await using var spool = _fixture.Open();
        var left = Assert.Single(spool.TakeOver());
        Assert.Equal((9, 1), (left.Usage.Events, left.Usage.DamagedRecords));
        Assert.Equal(SpoolFixture.Numbers(2, 9), SpoolFixture.ReadAll(left));

        left.Acknowledge(10);
        var kept = Assert.Single(_fixture.Files("*.segment"));
        Assert.Equal(Path.Combine(_fixture.Directory, "damaged"), Path.GetDirectoryName(kept));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(63, 0)]
    [InlineData(100, 0)]
    [InlineData(400, 0)]
    [InlineData(RecordBytes - 64, 0)]
    [InlineData(RecordBytes - 10, 0)]
    [InlineData(1, 5000)]
    [InlineData(400, 5000)]
    [InlineData(RecordBytes - 64, 5000)]
    [InlineData(RecordBytes - 10, 2 << 20)]
    public async Task A_last_write_that_was_not_finished_is_no_damage_and_nothing_of_it_is_kept(int missing, int writtenAhead)
    {
        await LeaveAsync(9);
        Change(static _ => { }, cut: missing, zeros: writtenAhead);

        await using var spool = _fixture.Open();
        var left = Assert.Single(spool.TakeOver());

        Assert.Equal((8, 0), (left.Usage.Events, left.Usage.DamagedRecords));
        Assert.Equal(SpoolFixture.Numbers(1, 8), SpoolFixture.ReadAll(left));
        left.Acknowledge(8);
        Assert.Equal(0, left.Usage.Events);
        Assert.Empty(_fixture.Files("*.segment"));
    }

    [Fact]
    public async Task A_last_record_that_is_all_there_and_wrong_is_lost_and_counted()
    {
        await LeaveAsync(9);
        Change(bytes => bytes[^(RecordBytes / 2)] ^= 1, zeros: 5000);

        await using var spool = _fixture.Open();
        var left = Assert.Single(spool.TakeOver());

        Assert.Equal((8, 1), (left.Usage.Events, left.Usage.DamagedRecords));
        Assert.Equal(SpoolFixture.Numbers(1, 8), SpoolFixture.ReadAll(left));
        left.Acknowledge(9);
        Assert.StartsWith(Path.Combine(_fixture.Directory, "damaged"), Assert.Single(_fixture.Files("*.segment")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_before_an_unfinished_write_costs_what_it_hit_and_no_more()
    {
        await LeaveAsync(9);
        // Event 8 is of the shorter topic: it ends where event 9 begins, whose last 100 bytes are missing.
        Change(bytes => bytes[^(RecordBytes + 50)] ^= 1, cut: 100);

        await using var spool = _fixture.Open();
        var left = Assert.Single(spool.TakeOver());

        Assert.Equal((7, 1), (left.Usage.Events, left.Usage.DamagedRecords));
        Assert.Equal(SpoolFixture.Numbers(1, 7), SpoolFixture.ReadAll(left));
    }

    [Fact]
    public async Task Damage_under_a_living_log_is_found_when_it_is_read()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 10);
        Change(bytes => bytes[RecordBytes - 1] ^= 1);

        Assert.Equal(SpoolFixture.Numbers(2, 9), SpoolFixture.ReadAll(log));
        Assert.Equal((9, 1), (log.Usage.Events, log.Usage.DamagedRecords));
        SpoolFixture.Write(log, 11, 1);
        Assert.Equal([11], SpoolFixture.ReadAll(log));
    }

    [Fact]
    public async Task Damage_to_the_newest_records_does_not_stop_the_log()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 1);
        Change(bytes => bytes.AsSpan(0, RecordBytes).Fill(7));

        Assert.Empty(SpoolFixture.ReadAll(log));
        var waiting = log.WaitToReadAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        SpoolFixture.Write(log, 2, 1);
        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal([2], SpoolFixture.ReadAll(log));
        Assert.Equal(1, log.Usage.DamagedRecords);
    }

    [Fact]
    public async Task A_record_of_a_format_of_tomorrow_is_not_deleted()
    {
        await LeaveAsync(3);
        var segment = Assert.Single(_fixture.Files("*.segment"));
        _ = Spool.Storage.SegmentName.TryParse(Path.GetFileName(segment), out var name);
        Change(bytes =>
        {
            bytes[4] = 2;
            BitConverter.TryWriteBytes(bytes.AsSpan(56), Spool.Records.RecordHeader.Hash(bytes.AsSpan(0, 56), name.LogId));
        });

        await using var spool = _fixture.Open();
        var left = Assert.Single(spool.TakeOver());
        Assert.Equal([2, 3], SpoolFixture.ReadAll(left));
        left.Acknowledge(3);

        Assert.StartsWith(Path.Combine(_fixture.Directory, "damaged"), Assert.Single(_fixture.Files("*.segment")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_acknowledgements_a_log_is_sent_once_more_from_its_first_segment()
    {
        await using (var spool = _fixture.Open())
        {
            var log = SpoolFixture.Log(spool);
            SpoolFixture.Write(log, 1, 10);
            log.Read(5);
            log.Acknowledge(5);
        }

        File.WriteAllBytes(Assert.Single(_fixture.Files("acknowledged")), new byte[32]);

        await using var next = _fixture.Open();
        Assert.Equal(SpoolFixture.Numbers(1, 10), SpoolFixture.ReadAll(Assert.Single(next.TakeOver())));
    }

    private async Task LeaveAsync(int events)
    {
        await using var spool = _fixture.Open();
        SpoolFixture.Write(SpoolFixture.Log(spool), 1, events);
    }

    private void Change(Action<byte[]> change, int cut = 0, int zeros = 0)
    {
        var segment = Assert.Single(_fixture.Files("*.segment"));
        // Through the file that the log has open: its name must stay the same file's.
        using var file = new FileStream(segment, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        change(bytes);
        file.Position = 0;
        file.Write(bytes);
        file.SetLength(bytes.Length - cut);
        file.SetLength(bytes.Length - cut + zeros);
    }
}
