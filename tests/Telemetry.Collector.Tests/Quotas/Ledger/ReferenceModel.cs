using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>What is right: recounted from all events and reservations at each question, with nothing kept in between.</summary>
internal sealed class ReferenceModel(LedgerWorld world)
{
    /// <summary>A reservation as the answers said that it is, and perhaps what is held because the log's answer is not known.</summary>
    public sealed record Held(Reservation Reservation, Reservation? Uncertain = null);

    public ReferenceBurnDown BurnDown { get; } = new();

    /// <summary>In the order of creation.</summary>
    public List<Held> Reservations { get; } = [];

    public IEnumerable<UsageEvent> EventsOf(string user, string resource) =>
        world.Events.Where(sent => sent.User == user && sent.Resource == resource).DistinctBy(sent => sent.Id);

    public QuotaAmount Outstanding(Held held) => QuotaAmount.Max(
        Outstanding(held.Reservation, held), held.Uncertain is null ? QuotaAmount.Zero : Outstanding(held.Uncertain, held));

    public Held? LastOf(string user, string resource, string task) => Reservations.LastOrDefault(held =>
        held.Reservation.User == user && held.Reservation.Resource == resource && held.Reservation.Task == task);

    public bool IsOpen(Reservation reservation) =>
        reservation.State != ReservationState.Released && world.Time.GetUtcNow() < reservation.ExpiresAt;

    public QuotaDecision Decide(string user, string resource, QuotaAmount amount)
    {
        var policy = world.Book.Resolve(user, null, resource);
        var reserved = Sum(Reservations
            .Where(held => held.Reservation.User == user && held.Reservation.Resource == resource).Select(Outstanding));
        var balance = BurnDown.Evaluate(policy, [.. EventsOf(user, resource).Select(sent => (sent.Time, sent.Amount))], world.Now);
        if (policy.Limit is null && world.Options.WithoutLimit == Telemetry.Collector.Quotas.WithoutLimit.Allow)
            return new QuotaDecision(true, false, new(Int128.MaxValue), null, balance.Used, reserved);
        var available = QuotaAmount.Max(balance.Remaining - reserved, QuotaAmount.Zero);
        var isHard = policy.Limit?.IsHard ?? true;
        return new QuotaDecision(
            amount <= available || !isHard, amount > available && !isHard, available, balance.Limit, balance.Used, reserved);
    }

    private static QuotaAmount Sum(IEnumerable<QuotaAmount> amounts) => amounts.Aggregate(QuotaAmount.Zero, (sum, amount) => sum + amount);

    private QuotaAmount Outstanding(Reservation reservation, Held held)
    {
        if (!IsOpen(reservation) || LastOf(reservation.User, reservation.Resource, reservation.Task) != held)
            return QuotaAmount.Zero;
        var consumed = Sum(EventsOf(reservation.User, reservation.Resource)
            .Where(sent => sent.Task == reservation.Task && sent.Time >= reservation.CreatedAt.ToUnixTimeMilliseconds())
            .Select(sent => sent.Amount));
        return QuotaAmount.Max(reservation.Amount - consumed, QuotaAmount.Zero);
    }
}
