namespace Telemetry.Chaos.Accounts;

/// <summary>What was said of one event, and what came of it.</summary>
internal sealed class EventFate
{
    /// <summary>The word of its call (see <see cref="Producers.Words"/>); empty where a kill came before it.</summary>
    public string Told { get; set; } = "";

    public Guid ToldId { get; set; }

    public Guid ArrivedId { get; set; }

    public int Arrivals { get; set; }
}
