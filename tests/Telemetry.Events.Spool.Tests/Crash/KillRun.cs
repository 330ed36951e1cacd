using System.Diagnostics;
using System.Globalization;

namespace Telemetry.Events.Spool.Tests.Crash;

/// <summary>Kills a process that writes, at random moments, and compares what it had confirmed with what is found.</summary>
internal static class KillRun
{
    private const int Writers = 4;

    /// <summary>The long run by hand; returns a process's exit code.</summary>
    public static async Task<int> RunAsync(int cycles, int seed)
    {
        Console.WriteLine($"seed {seed}, {cycles} cycles");
        var random = new Random(seed);
        long confirmed = 0;
        long found = 0;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var result = await CycleAsync(random);
            confirmed += result.Confirmed;
            found += result.Found;
        }

        Console.WriteLine($"{cycles} kills, {confirmed} confirmed events, {found} found afterwards, none missing, none twice");
        return 0;
    }

    /// <summary>One child, one kill.</summary>
    public static async Task<(long Confirmed, long Found)> CycleAsync(Random random)
    {
        using var fixture = new SpoolFixture();
        var confirmed = new Dictionary<long, long>();
        long acknowledged = 0;
        using (var child = Start(fixture.Directory))
        {
            Assert.Equal(AuditWriter.Ready, await child.StandardOutput.ReadLineAsync());
            var deadline = TimeSpan.FromMilliseconds(random.Next(1, 120));
            using var timer = new Timer(_ => Kill(child), null, deadline, Timeout.InfiniteTimeSpan);
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                var words = line.Split(' ');
                // The kill may cut the last line.
                if (line[0] == AuditWriter.Acknowledged && words is [_, _, AuditWriter.EndOfLine])
                    acknowledged = Number(words[1]);
                else if (line[0] == AuditWriter.Committed && words is [_, _, _, AuditWriter.EndOfLine])
                    confirmed.Add(Number(words[1]), Number(words[2]));
            }

            await child.WaitForExitAsync();
        }

        return (confirmed.Count, await CheckAsync(fixture, confirmed, acknowledged));
    }

    private static async Task<long> CheckAsync(SpoolFixture fixture, Dictionary<long, long> confirmed, long acknowledged)
    {
        await using var spool = fixture.Open();
        var found = new Dictionary<long, long>();
        long last = 0;
        var logs = spool.TakeOver();
        Assert.InRange(logs.Count, 0, 1);
        foreach (var log in logs)
        {
            Assert.Equal(0, log.Usage.DamagedRecords);
            for (var batch = log.Read(100); !batch.IsEmpty; batch = log.Read(100))
            {
                foreach (ref readonly var spooled in batch.Span)
                {
                    Assert.True(spooled.Position > last, "An event stands before an earlier one, or twice.");
                    last = spooled.Position;
                    found.Add(last, SpoolFixture.NumberOf(spooled));
                    Assert.True(SpoolFixture.Event(found[last]).Body.Span.SequenceEqual(spooled.Body.Span));
                }
            }
        }

        Assert.All(found.Keys, position => Assert.True(position > acknowledged, "An acknowledged event came back after a kill."));
        // What was acknowledged right before the kill, without a word of it, may be gone too: then all up to there is.
        var firstFound = found.Count == 0 ? long.MaxValue : found.Keys.Min();
        foreach (var (position, number) in confirmed.Where(pair => pair.Key > acknowledged && pair.Key >= firstFound))
            Assert.Equal(number, found[position]);
        if (found.Count == 0)
            Assert.InRange(confirmed.Keys.DefaultIfEmpty().Max() - acknowledged, long.MinValue, AcknowledgedAtOnce);
        else
            Assert.InRange(firstFound - acknowledged - 1, 0, AcknowledgedAtOnce);
        return found.Count;
    }

    // AuditWriter reads so many at a time, and was killed before it could say that one such batch is acknowledged.
    private const int AcknowledgedAtOnce = 50;

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static Process Start(string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(typeof(KillRun).Assembly.Location);
        start.ArgumentList.Add("writer");
        start.ArgumentList.Add(directory);
        start.ArgumentList.Add(Writers.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself, which the reader's assertions find.
        }
    }
}
