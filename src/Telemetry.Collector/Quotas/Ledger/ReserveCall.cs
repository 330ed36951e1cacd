namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A call for a reservation, which may have to look more than once.</summary>
internal sealed class ReserveCall(ReservationRequest request, int resource)
{
    public ReservationRequest Request => request;

    public int Resource => resource;

    /// <summary>What measures the task's usage for it, until it is decided. Belongs to the shard's lock.</summary>
    public ReservationEntry? Probe { get; set; }
}
