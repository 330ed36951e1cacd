using System.Diagnostics.Metrics;
using System.Globalization;
using Telemetry.Events.Kafka;

namespace Telemetry.Load.Kafka;

/// <summary>The same events by every compression: bytes on the network, and what they cost the sender.</summary>
internal static class CompressionComparison
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var broker = BrokerProcess.Start();
        var ready = await Sample.EncodeAsync();
        Console.WriteLine($"{options}; bodies of {ready.Average(e => e.Body.Length):F0} bytes");
        Console.WriteLine("| compression | bytes an event on the network | k events/s | CPU µs an event |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var compression in Enum.GetValues<KafkaCompression>())
        {
            var load = options.With(compression);
            using var sent = new SentBytes();
            await using var path = new TransportPath(broker.Address, load, ready, KafkaClient.Native);
            var rounds = new List<Round>();
            for (var round = 0; round <= options.Rounds; round++)
                rounds.Add(await Round.MeasureAsync(path, options.Events));
            var (perSecond, cpu, _) = Round.Median([.. rounds.Skip(1)]);
            // The last statistics of a second in which all had been sent.
            await Task.Delay(2 * load.Statistics);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {compression} | {sent.PerMessage():F0} | {perSecond / 1000:F0} | {cpu:F2} |"));
        }

        return 0;
    }

    /// <summary>Reads the SDK's own metrics.</summary>
    private sealed class SentBytes : IDisposable
    {
        private readonly MeterListener _listener = new();
        private double _bytes;
        private double _messages;

        public SentBytes()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "telemetry.events.kafka.sent.size" or "telemetry.events.kafka.sent.messages")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            {
                if (instrument.Unit == "By")
                    _bytes = value;
                else
                    _messages = value;
            });
            _listener.Start();
        }

        public double PerMessage()
        {
            _listener.RecordObservableInstruments();
            return _bytes / _messages;
        }

        public void Dispose() => _listener.Dispose();
    }
}
