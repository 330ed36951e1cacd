using System.Globalization;
using System.Text;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>The account of one class. Its owner guards it.</summary>
internal sealed class ClassAccount(DeliveryClass delivery)
{
    private const int MaxBroken = 20;

    private readonly Dictionary<EventNumber, EventFate> _fates = [];
    private readonly Dictionary<int, EventNumber> _lastOfFlow = [];
    private readonly Dictionary<string, HashSet<long>> _sequences = [];
    private readonly List<string> _broken = [];

    public DeliveryClass Delivery => delivery;

    public IReadOnlyDictionary<EventNumber, EventFate> Fates => _fates;

    /// <summary>The sequences that arrived, by producer id.</summary>
    public IReadOnlyDictionary<string, HashSet<long>> Sequences => _sequences;

    public IReadOnlyList<string> Broken => _broken;

    public long BrokenInAll { get; private set; }

    public Dictionary<string, long> Refused { get; } = [];

    public long Arrivals { get; private set; }

    public void Tell(string word, in DeliveryWords told)
    {
        var fate = FateOf(told.Number);
        if (fate.Told.Length > 0)
            Break($"{told.Number} was told twice.");
        fate.Told = word;
        if (word == Words.Refused)
            Refused[told.Detail] = Refused.GetValueOrDefault(told.Detail) + 1;
        else
            fate.ToldId = Guid.Parse(told.Detail);
        CheckId(told.Number, fate);
    }

    public void Arrive(EventNumber number, EventEnvelope envelope, ReadOnlySpan<byte> key)
    {
        Arrivals++;
        var fate = FateOf(number);
        var id = Guid.Parse(envelope.Id);
        if (!key.SequenceEqual(Encoding.UTF8.GetBytes(number.Key)))
            Break($"{number} arrived under the key '{Encoding.UTF8.GetString(key)}'.");
        if (fate.Arrivals++ > 0)
        {
            if (fate.ArrivedId != id)
                Break($"{number} arrived under two ids: {fate.ArrivedId} and {id}.");
            return;
        }

        fate.ArrivedId = id;
        CheckId(number, fate);
        if (_lastOfFlow.TryGetValue(number.Flow, out var last) && number < last)
            Break($"{number} arrived after {last}.");
        else
            _lastOfFlow[number.Flow] = number;
        TakeSequence(number, envelope);
    }

    /// <summary>Notes a broken promise.</summary>
    public void Break(string sentence)
    {
        BrokenInAll++;
        if (_broken.Count < MaxBroken)
            _broken.Add($"{delivery}: {sentence}");
    }

    private void TakeSequence(EventNumber number, EventEnvelope envelope)
    {
        var producer = envelope.GetAttribute(EnvelopeAttributes.Producer);
        if (producer is null || !long.TryParse(envelope.GetAttribute(EnvelopeAttributes.Sequence), CultureInfo.InvariantCulture, out var sequence))
        {
            Break($"{number} has no producer or sequence.");
            return;
        }

        if (!_sequences.TryGetValue(producer, out var seen))
            _sequences.Add(producer, seen = []);
        if (!seen.Add(sequence))
            Break($"{number} has the sequence {sequence} of another event of {producer}.");
    }

    private void CheckId(EventNumber number, EventFate fate)
    {
        if (fate.ToldId != Guid.Empty && fate.Arrivals > 0 && fate.ArrivedId != fate.ToldId)
            Break($"{number} was accepted as {fate.ToldId} and arrived as {fate.ArrivedId}.");
    }

    private EventFate FateOf(EventNumber number)
    {
        if (!_fates.TryGetValue(number, out var fate))
            _fates.Add(number, fate = new EventFate());
        return fate;
    }
}
