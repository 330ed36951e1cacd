namespace Telemetry.Chaos.Schedule;

/// <summary>What happens in a run. The same seed and options give the same schedule.</summary>
internal static class ChaosSchedule
{
    private const int LongestLifeMs = 1500;
    private const int LongestOutageMs = 3000;

    public static IReadOnlyList<Cycle> Create(ChaosOptions options)
    {
        var random = new Random(options.Seed);
        return [.. Enumerable.Range(1, options.Cycles).Select(number => Create(number, random, options))];
    }

    private static Cycle Create(int number, Random random, ChaosOptions options)
    {
        // Short lives meet start-up and recovery, longer ones a full load.
        var life = random.Next(3) == 0 ? random.Next(1, 100) : random.Next(100, LongestLifeMs);
        var isKilled = random.NextDouble() >= options.Stops;
        var offset = TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(-86_400, 86_400) : 0);
        // The shorter one is over in the middle of an outage.
        var delivery = TimeSpan.FromSeconds(random.Next(2) == 0 ? 1 : 30);
        var faults = new List<Fault>();
        AddSometimes(faults, random, 0.25, () => new Fault(FaultKind.BrokerDown, At(), For(200, LongestOutageMs)));
        AddSometimes(faults, random, 0.2, () => new Fault(FaultKind.ErrorStorm, At(), For(100, 1000), random.Next(1, 60)));
        AddSometimes(faults, random, 0.2, () => new Fault(FaultKind.SlowAcknowledgements, At(), For(200, 2000), random.Next(10, 400)));
        AddSometimes(faults, random, 0.25, () => new Fault(FaultKind.ClockJump, At(), TimeSpan.Zero, Jump()));
        if (options.SmallDisk)
            AddSometimes(faults, random, 0.2, () => new Fault(FaultKind.DiskFull, At(), For(100, 1500)));
        return new Cycle(number, TimeSpan.FromMilliseconds(life), isKilled, offset, delivery, faults);

        TimeSpan At() => TimeSpan.FromMilliseconds(random.Next(0, life + 500));
        TimeSpan For(int least, int most) => TimeSpan.FromMilliseconds(random.Next(least, most));
        int Jump() => random.Next(1, 7200) * (random.Next(2) == 0 ? -1 : 1);
    }

    private static void AddSometimes(List<Fault> faults, Random random, double share, Func<Fault> create)
    {
        if (random.NextDouble() < share)
            faults.Add(create());
    }
}
