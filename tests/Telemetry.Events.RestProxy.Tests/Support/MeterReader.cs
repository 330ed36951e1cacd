using System.Diagnostics.Metrics;

namespace Telemetry.Events.RestProxy.Tests.Support;

/// <summary>Listens to one counter of the transport's meter.</summary>
internal static class MeterReader
{
    public static MeterListener Count(string instrument, Action<long> add) =>
        Count(instrument, (count, _) => add(count));

    public static MeterListener Count(string instrument, Action<long, IReadOnlyDictionary<string, object?>> add)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Meter.Name == "Telemetry.Events.RestProxy" && published.Name == instrument)
                    listener.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => add(count, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        listener.Start();
        return listener;
    }
}
