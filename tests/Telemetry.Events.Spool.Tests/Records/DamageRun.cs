using System.Globalization;
using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests.Records;

/// <summary>Damages the files of a log in every way that comes to mind, and sees that nothing wrong is read from them.</summary>
internal sealed class DamageRun : IDisposable
{
    private const int Records = 24;

    // Memory is faster than a disk.
    private static readonly string Parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private readonly SpoolFixture _fixture;
    private readonly string _logDirectory;
    private readonly List<(string Name, byte[] Bytes)> _segments;
    private readonly byte[] _foreign;

    public DamageRun()
    {
        _fixture = new SpoolFixture(Directory.CreateDirectory(Path.Combine(Parent, $"telemetry-damage-{Guid.NewGuid():N}")).FullName);
        // The bytes of two logs with the same events, made by the real writer; the second gives blocks that do not belong.
        _foreign = WriteLog()[0].Bytes;
        _segments = WriteLog();
        _logDirectory = Path.Combine(_fixture.Directory, "instances", "20260101T000000000-1-0000", "usage-kafka");
        Directory.CreateDirectory(_logDirectory);
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>The long run by hand; returns a process's exit code.</summary>
    public static int Run(long inputs, int seed)
    {
        Console.WriteLine($"seed {seed}, {inputs} inputs");
        using var run = new DamageRun();
        var started = TimeProvider.System.GetTimestamp();
        long intact = 0;
        for (long input = 0; input < inputs; input++)
        {
            try
            {
                intact += run.Check(new Random(HashCode.Combine(seed, input)));
            }
            catch (Exception exception)
            {
                Console.WriteLine($"input {input} of seed {seed}: {exception}");
                return 1;
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{inputs} damaged inputs, {intact} intact records read from them, none wrong, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s"));
        return 0;
    }

    /// <summary>Damages the log once, reads it, and returns how many events survived.</summary>
    public int Check(Random random)
    {
        foreach (var file in Directory.GetFiles(_logDirectory))
            File.Delete(file);
        var isIntact = true;
        foreach (var (name, bytes) in _segments)
        {
            if (random.Next(20) == 0)
            {
                isIntact = false;
                continue;
            }

            var damaged = bytes.AsSpan().ToArray();
            for (var i = random.Next(4); i > 0; i--)
                damaged = Damage(damaged, random);
            isIntact &= damaged.AsSpan().SequenceEqual(bytes);
            File.WriteAllBytes(Path.Combine(_logDirectory, name), damaged);
        }

        long acknowledged = 0;
        if (random.Next(3) == 0)
        {
            var slots = new byte[32];
            if (random.Next(2) == 0)
                random.NextBytes(slots);
            else
                new AcknowledgementFile(_logDirectory).Write(acknowledged = random.Next(1, Records));
            if (acknowledged == 0)
                File.WriteAllBytes(Path.Combine(_logDirectory, AcknowledgementFile.FileName), slots);
        }

        return Read(isIntact, acknowledged);
    }

    private int Read(bool isIntact, long acknowledged)
    {
        using var log = SpoolLogs.OpenLeft(_logDirectory, _fixture.Directory);
        var usage = log.Usage;
        var last = acknowledged;
        var read = 0;
        for (var batch = log.Read(5); !batch.IsEmpty; batch = log.Read(5))
        {
            foreach (ref readonly var spooled in batch.Span)
            {
                Ensure(spooled.Position > last && spooled.Position <= Records, "position out of order or unknown");
                last = spooled.Position;
                var expected = SpoolFixture.Event(last, BodyBytes(last));
                Ensure(
                    spooled.Id == expected.Id && spooled.Topic == expected.Topic && spooled.Time == expected.Time &&
                    spooled.Key.Span.SequenceEqual(expected.Key.Span) && spooled.Body.Span.SequenceEqual(expected.Body.Span),
                    "a wrong event was accepted");
                read++;
            }
        }

        Ensure(usage.Events == read, $"{usage.Events} events were counted, {read} read");
        Ensure(usage.DamagedRecords + read <= Records - acknowledged, "more records were lost than there were");
        Ensure(!isIntact || read == Records - acknowledged, "an intact log was not read to its end");
        return read;
    }

    private byte[] Damage(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return bytes;
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(400, bytes.Length - at) + 1);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 3:
                bytes.AsSpan(at, length).Clear();
                return bytes;
            case 4:
                var other = random.Next(bytes.Length - length + 1);
                var block = bytes.AsSpan(at, length).ToArray();
                bytes.AsSpan(other, length).CopyTo(bytes.AsSpan(at));
                block.CopyTo(bytes.AsSpan(other));
                return bytes;
            case 5:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 6:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 7:
                // The same offset of a log with another id: what a file system that mixes up blocks would bring.
                var from = _foreign.AsSpan(Math.Min(at, _foreign.Length));
                from[..Math.Min(length, from.Length)].CopyTo(bytes.AsSpan(at));
                return bytes;
            default:
                return [.. bytes, .. new byte[random.Next(5000)]];
        }
    }

    private static List<(string Name, byte[] Bytes)> WriteLog()
    {
        using var fixture = new SpoolFixture();
        var spool = fixture.Open();
        var log = SpoolFixture.Log(spool);
        for (long number = 1; number <= Records; number++)
        {
            log.Append(SpoolFixture.Event(number, BodyBytes(number)));
            Ensure(log.WaitForCommit(number, Timeout.InfiniteTimeSpan) == SpoolRefusal.None, "the log could not be written");
        }

        spool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var whole = File.ReadAllBytes(fixture.Files("*.segment").Single());
        return Split(Path.GetFileName(fixture.Files("*.segment").Single()), whole);
    }

    // The writer changes segments every quarter of a megabyte; three small ones find more.
    private static List<(string, byte[])> Split(string name, byte[] whole)
    {
        _ = SegmentName.TryParse(name, out var parsed);
        var segments = new List<(string, byte[])>();
        var at = 0;
        for (long first = 1; first <= Records; first += Records / 3)
        {
            var bytes = 0;
            for (var number = first; number < first + (Records / 3); number++)
            {
                var spooled = SpoolFixture.Event(number, BodyBytes(number));
                bytes += 64 + spooled.Topic.Length + spooled.Key.Length + spooled.Body.Length;
            }

            segments.Add(((parsed with { FirstPosition = first }).ToString(), whole[at..(at + bytes)]));
            at += bytes;
        }

        Ensure(at == whole.Length, "the records are not as long as thought");
        return segments;
    }

    private static int BodyBytes(long number) => (int)(number * 37 % 300);

    private static void Ensure(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }
}
