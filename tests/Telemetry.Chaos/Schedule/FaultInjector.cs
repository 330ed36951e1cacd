using System.Globalization;
using Telemetry.Chaos.Broker;
using Telemetry.Chaos.Disk;

namespace Telemetry.Chaos.Schedule;

/// <summary>Makes faults happen, each at its time; two of one kind do not overlap.</summary>
internal sealed class FaultInjector(BrokerProcess broker, SpoolDisk disk)
{
    private readonly Dictionary<FaultKind, SemaphoreSlim> _one = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => new SemaphoreSlim(1));
    private readonly List<Task> _running = [];

    /// <param name="faults">The faults of a cycle that begins now.</param>
    /// <param name="stepClock">Steps the clock of the cycle's process, by seconds.</param>
    public void Begin(IEnumerable<Fault> faults, Func<int, Task> stepClock) =>
        _running.AddRange(faults.Select(fault => RunAsync(fault, stepClock)));

    /// <summary>All faults are over.</summary>
    public Task EndAsync() => Task.WhenAll(_running);

    private async Task RunAsync(Fault fault, Func<int, Task> stepClock)
    {
        await Task.Delay(fault.At);
        var one = _one[fault.Kind];
        await one.WaitAsync();
        try
        {
            await BeginAsync(fault, stepClock);
            await Task.Delay(fault.Duration);
            await EndAsync(fault.Kind);
        }
        finally
        {
            one.Release();
        }
    }

    private Task BeginAsync(Fault fault, Func<int, Task> stepClock) => fault.Kind switch
    {
        FaultKind.BrokerDown => broker.TellAsync("down"),
        FaultKind.ErrorStorm => broker.TellAsync(string.Create(CultureInfo.InvariantCulture, $"storm {fault.Amount}")),
        FaultKind.SlowAcknowledgements => broker.TellAsync(string.Create(CultureInfo.InvariantCulture, $"slow {fault.Amount}")),
        FaultKind.ClockJump => stepClock(fault.Amount),
        FaultKind.DiskFull => Task.Run(disk.Fill),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "Not a fault."),
    };

    private Task EndAsync(FaultKind kind) => kind switch
    {
        FaultKind.BrokerDown => broker.TellAsync("up"),
        FaultKind.ErrorStorm => broker.TellAsync("calm"),
        FaultKind.SlowAcknowledgements => broker.TellAsync("slow 0"),
        FaultKind.DiskFull => Task.Run(disk.Free),
        _ => Task.CompletedTask,
    };
}
