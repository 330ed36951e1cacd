using System.Globalization;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests.Crash;

/// <summary>The child that is killed: threads append and commit, one reads and acknowledges. It says each only when it is done.</summary>
internal static class AuditWriter
{
    public const string Ready = "ready";
    public const char Committed = 'C';
    public const char Acknowledged = 'A';

    /// <summary>Shows that the kill did not cut the line.</summary>
    public const string EndOfLine = ".";

    public static int Run(string directory, int threads)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var spool = new SpoolFixture(directory).Open();
        var log = SpoolFixture.Log(spool);
        long number = 0;
        Say(output, Ready);
        var writers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (true)
            {
                var spooled = SpoolFixture.Event(Interlocked.Increment(ref number));
                var result = log.Append(spooled);
                if (result.Refusal == SpoolRefusal.Full)
                {
                    Thread.Yield();
                    continue;
                }

                if (!result.IsAppended || log.WaitForCommit(result.Position, Timeout.InfiniteTimeSpan) != SpoolRefusal.None)
                    Environment.FailFast($"The event was refused: {result.Refusal}.");
                Say(output, string.Create(CultureInfo.InvariantCulture, $"{Committed} {result.Position} {SpoolFixture.NumberOf(spooled)} {EndOfLine}"));
            }
        })).ToList();
        writers.ForEach(writer => writer.Start());
        while (true)
        {
            var batch = log.Read(50);
            if (batch.IsEmpty)
            {
                Thread.Yield();
                continue;
            }

            var last = batch.Span[^1].Position;
            log.Acknowledge(last);
            Say(output, string.Create(CultureInfo.InvariantCulture, $"{Acknowledged} {last} {EndOfLine}"));
        }
    }

    private static void Say(StreamWriter output, string line)
    {
        lock (output)
            output.WriteLine(line);
    }
}
