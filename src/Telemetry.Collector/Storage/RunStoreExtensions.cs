using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Storage;

/// <summary>Shorter forms of calls to a store.</summary>
public static class RunStoreExtensions
{
    /// <summary>Saves one measurement; see <see cref="IRunStore.SaveMeasurementsAsync"/>.</summary>
    public static Task SaveMeasurementAsync(
        this IRunStore store, string runId, Measurement measurement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(measurement);
        return store.SaveMeasurementsAsync([new RunMeasurement(runId, measurement)], cancellationToken);
    }
}
