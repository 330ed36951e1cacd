namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Who is in memory, and who has to go: nearly those asked for longest ago.</summary>
internal sealed partial class LedgerShard
{
    private void AddResident(UserState user)
    {
        user.IsReferenced = true;
        if (user.Place >= 0)
            return;
        user.Place = _residents.Count;
        _residents.Add(user);
        context.AddResidents(1);
        Counters.Users = _residents.Count;
        // A hand goes round: who was asked for since it came by last stays for another round.
        for (var steps = 2 * _residents.Count; steps > 0 && context.Residents > context.Options.MaxUsers; steps--)
            Step(user);
    }

    private void Step(UserState newcomer)
    {
        if (_hand >= _residents.Count)
            _hand = 0;
        var user = _residents[_hand];
        if (user.IsReferenced || user == newcomer || user.Load is not null)
        {
            user.IsReferenced = false;
            _hand++;
            return;
        }

        Unload(user);
        RemoveResident(user);
        Collect(user);
        Counters.Evictions++;
    }

    private void RemoveResident(UserState user)
    {
        if (user.Place < 0)
            return;
        var last = _residents[^1];
        _residents[user.Place] = last;
        last.Place = user.Place;
        _residents.RemoveAt(_residents.Count - 1);
        user.Place = -1;
        context.AddResidents(-1);
        Counters.Users = _residents.Count;
    }
}
