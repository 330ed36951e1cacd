using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests;

/// <summary>A directory of its own, and short words for what tests do with a spool in it.</summary>
internal sealed class SpoolFixture : IDisposable
{
    public const string Transport = "kafka";
    public const long SmallBytes = 4 << 20;
    public static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);

    public SpoolFixture(string? directory = null)
    {
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("telemetry-spool-").FullName;
        Options = new SpoolOptions { Directory = Directory, MaxAuditBytes = SmallBytes, MaxUsageBytes = SmallBytes };
    }

    public string Directory { get; }

    public SpoolOptions Options { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public void Dispose()
    {
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }

    public EventSpool Open(ILogger? logger = null) => new(Options, Time, logger ?? NullLogger.Instance);

    public static IEventLog Log(IEventSpool spool) => spool.Open(Transport, DeliveryClass.Usage);

    /// <summary>An event whose content follows from its number.</summary>
    public static SpooledEvent Event(long number, int bodyBytes = 500)
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, number);
        var body = new byte[bodyBytes];
        var random = new Random((int)number);
        for (var i = 0; i < body.Length; i++)
            body[i] = (byte)random.Next(' ', '~');
        return new SpooledEvent(
            new Guid(id, bigEndian: true),
            number % 2 == 0 ? "pbac_access" : "asset_transfer",
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"user-{number % 7}")),
            body,
            Start.AddMilliseconds(number));
    }

    public static long NumberOf(in SpooledEvent spooled) => BinaryPrimitives.ReadInt64BigEndian(spooled.Id.ToByteArray(bigEndian: true));

    /// <summary>Appends events and waits until they are durable.</summary>
    public static void Write(IEventLog log, long first, long count, int bodyBytes = 500)
    {
        for (var number = first; number < first + count; number++)
        {
            var result = log.Append(Event(number, bodyBytes));
            if (result.Refusal == SpoolRefusal.Busy)
            {
                Assert.Equal(SpoolRefusal.None, log.WaitForCommit(number - first, Timeout.InfiniteTimeSpan));
                result = log.Append(Event(number, bodyBytes));
            }

            Assert.True(result.IsAppended, result.Refusal.ToString());
            if (number == first + count - 1)
                Assert.Equal(SpoolRefusal.None, log.WaitForCommit(result.Position, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Reads all there is, checks each event byte by byte, and returns their numbers.</summary>
    public static List<long> ReadAll(IEventLogReader log, int bodyBytes = 500)
    {
        var numbers = new List<long>();
        for (var batch = log.Read(100); !batch.IsEmpty; batch = log.Read(100))
        {
            foreach (ref readonly var spooled in batch.Span)
            {
                var number = NumberOf(spooled);
                var expected = Event(number, bodyBytes);
                Assert.Equal(expected.Topic, spooled.Topic);
                Assert.True(expected.Key.Span.SequenceEqual(spooled.Key.Span));
                Assert.True(expected.Body.Span.SequenceEqual(spooled.Body.Span));
                Assert.Equal(expected.Time, spooled.Time);
                numbers.Add(number);
            }
        }

        return numbers;
    }

    public static IEnumerable<long> Numbers(long first, long count) => Enumerable.Range(0, (int)count).Select(index => first + index);

    public string[] Files(string pattern) => System.IO.Directory.GetFiles(Directory, pattern, SearchOption.AllDirectories);

    public long DiskBytes => Files("*.segment").Sum(file => new FileInfo(file).Length);
}
