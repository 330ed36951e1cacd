using Microsoft.Extensions.Logging;

namespace Telemetry.Samples.ModelRunner;

/// <summary>Runs one phase, and answers with its figures whatever becomes of it.</summary>
internal sealed class PhaseClock(TimeProvider time, ILogger<PhaseClock> logger)
{
    /// <summary>Starts to measure; call it right before the start event is published.</summary>
    public Reading Start() => new(time.GetTimestamp(), Environment.CpuUsage.TotalTime);

    /// <summary>Runs the work and reads the clocks when it ends, well or not. Does not throw.</summary>
    public async Task<PhaseFigures> MeasureAsync(Reading start, Func<Task> work)
    {
        var (outcome, error) = (Outcomes.Succeeded, (string?)null);
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            (outcome, error) = (Outcomes.Cancelled, "The process was asked to stop before it was done.");
        }
        // Whatever broke the work, its finish event must say so: a run that never finishes stays open in the Collector.
        catch (Exception e)
        {
            Log.PhaseFailed(logger, e);
            (outcome, error) = (Outcomes.Failed, e.Message);
        }

        return new PhaseFigures(
            time.GetElapsedTime(start.Timestamp).TotalSeconds,
            (Environment.CpuUsage.TotalTime - start.Cpu).TotalSeconds,
            outcome,
            error);
    }

    /// <summary>The clocks at one moment.</summary>
    internal readonly record struct Reading(long Timestamp, TimeSpan Cpu);
}
