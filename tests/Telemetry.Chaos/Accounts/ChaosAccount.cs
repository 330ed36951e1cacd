using System.Globalization;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>Everything that producers said and that a consumer saw. Safe for use from any thread.</summary>
internal sealed class ChaosAccount
{
    private readonly Lock _gate = new();

    // Guarded by _gate, and for anyone to read when the run is over.
    private readonly Dictionary<DeliveryClass, ClassAccount> _classes = ChaosTopics.Classes.ToDictionary(delivery => delivery, delivery => new ClassAccount(delivery));
    private readonly Dictionary<int, ProcessAccount> _processes = [];

    public IReadOnlyDictionary<DeliveryClass, ClassAccount> Classes => _classes;

    public IReadOnlyDictionary<int, ProcessAccount> Processes => _processes;

    public long Arrivals
    {
        get
        {
            lock (_gate)
                return _classes.Values.Sum(account => account.Arrivals);
        }
    }

    /// <summary>Events of a class whose calls said that they were accepted.</summary>
    public long Told(DeliveryClass delivery)
    {
        lock (_gate)
            return _processes.Values.Sum(process => process.Accepted.GetValueOrDefault(delivery));
    }

    /// <summary>What a living process told last of one class, and of its memory.</summary>
    public (ToldLedger? Ledger, long MemoryBytes) LastOf(int process, DeliveryClass delivery)
    {
        lock (_gate)
            return (_processes[process].Ledgers.GetValueOrDefault(delivery), _processes[process].MemoryBytes);
    }

    public void Begin(int process)
    {
        lock (_gate)
            _processes.Add(process, new ProcessAccount());
    }

    public void End(int process, bool wasKilled)
    {
        lock (_gate)
            _processes[process].WasKilled = wasKilled;
    }

    /// <summary>Takes a line of a producer's output.</summary>
    public void Tell(int process, string line)
    {
        lock (_gate)
        {
            var account = _processes[process];
            if (line[0] == Words.Ledger[0] || line[0] == Words.LastLedger[0])
            {
                var ledger = ToldLedger.Read(line);
                account.Ledgers[ledger.Delivery] = ledger;
                account.HasEndLedger |= line[0] == Words.LastLedger[0];
                return;
            }

            if (line[0] == Words.Memory[0])
            {
                account.MemoryBytes = long.Parse(line.AsSpan(2), CultureInfo.InvariantCulture);
                return;
            }

            if (!Words.TryRead(line, process, out var word, out var told))
                throw new InvalidDataException($"Process {process} said '{line}'.");
            account.LastTold[(told.Delivery, told.Number.Flow)] = told.Number.Index;
            if (word != Words.Refused)
                account.Accepted[told.Delivery] = account.Accepted.GetValueOrDefault(told.Delivery) + 1;
            _classes[told.Delivery].Tell(word, told);
        }
    }

    /// <summary>Takes a record that the consumer read.</summary>
    public void Arrive(string topic, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        var envelope = EventEnvelopeReader.TryRead(value, out var read, out var error) ? read : null;
        EventNumber? number = null;
        if (envelope is not null && !ChaosPayload.TryRead(envelope, out number))
            error = "It has no number.";
        lock (_gate)
        {
            var account = _classes[ChaosTopics.ClassOf(topic)];
            if (number is { } known)
                account.Arrive(known, envelope!, key.Span);
            else
                account.Break($"A record on {topic} is no event of this run: {error}");
        }
    }
}
