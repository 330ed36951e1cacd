using System.Buffers.Text;
using System.Collections;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>
/// Delivers, repeats and gives up at random, and keeps of each topic only which sequences it has settled: a minute's events would not
/// fit into memory.
/// </summary>
internal sealed class RandomTransport(int seed) : IEventTransport
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Settled> _topics = [];

    public string Name => "random";

    public Settled this[string topic]
    {
        get
        {
            lock (_gate)
                return _topics.TryGetValue(topic, out var settled) ? settled : _topics[topic] = new Settled();
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            for (var i = 0; i < batch.Length; i++)
                outcomes.Span[i] = Decide(batch.Span[i]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DeliveryOutcome Decide(in OutgoingEvent outgoing)
    {
        var dice = _random.Next(40);
        if (dice < 10)
            return dice < 5 ? DeliveryOutcome.Retriable("retry") : DeliveryOutcome.Unknown("unknown");
        this[outgoing.Topic].Add(outgoing.Body.Span, isDelivered: dice > 10);
        return dice > 10 ? DeliveryOutcome.Delivered() : DeliveryOutcome.Final("final");
    }

    internal sealed class Settled
    {
        private readonly BitArray _sequences = new(1 << 20);

        public long Delivered { get; private set; }

        public long GivenUp { get; private set; }

        /// <summary>Events that were settled a second time.</summary>
        public long Repeated { get; private set; }

        public void Add(ReadOnlySpan<byte> body, bool isDelivered)
        {
            var text = body[(body.IndexOf("\"sequence\":\""u8) + 12)..];
            Assert.True(Utf8Parser.TryParse(text, out int sequence, out var digits) && digits == 20);
            if (sequence >= _sequences.Length)
                _sequences.Length = sequence * 2;
            Repeated += _sequences[sequence] ? 1 : 0;
            _sequences[sequence] = true;
            Delivered += isDelivered ? 1 : 0;
            GivenUp += isDelivered ? 0 : 1;
        }
    }
}
