namespace Telemetry.WindowBenchmark;

/// <summary>One line of the table: how histories are drawn. Times are seconds, rates are cores.</summary>
/// <param name="Name">As the table shows it.</param>
internal sealed record Scenario(string Name)
{
    /// <summary>Drawn from these.</summary>
    public double[] ScrapeIntervals { get; init; } = [15];

    /// <summary>The runs' lengths, drawn evenly on a logarithmic scale.</summary>
    public (double From, double To) Lengths { get; init; } = (1, 3600);

    public Shape Run { get; init; } = Shape.Constant;

    public Shape Background { get; init; } = Shape.Walk;

    /// <summary>Other runs that overlap the measured one; drawn from 1 to this where it is not 0.</summary>
    public int Others { get; init; }

    /// <summary>The counter restarts once somewhere in the history.</summary>
    public bool Reset { get; init; }

    /// <summary>Two to five scrapes in a row are missing somewhere near the window.</summary>
    public bool Gap { get; init; }

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("lone, 5 s") { Lengths = (5, 5) },
        new("lone, 20 s") { Lengths = (20, 20) },
        new("lone, 120 s") { Lengths = (120, 120) },
        new("lone, 1 s to 1 h, scraped every 1 to 60 s") { ScrapeIntervals = [1, 5, 15, 30, 60] },
        new("steady background") { Background = Shape.Constant },
        new("noisy background") { Background = Shape.Noise },
        new("background in bursts") { Background = Shape.Bursts },
        new("ramp") { Run = Shape.Ramp },
        new("bursts") { Run = Shape.Bursts },
        new("reset") { Reset = true },
        new("gap") { Gap = true },
        new("one other run") { Others = 1 },
        new("up to 7 other runs") { Others = 7 },
        new("up to 7 others, all shapes, scraped every 1 to 60 s")
        {
            Others = 7, Run = Shape.Any, Background = Shape.Any, ScrapeIntervals = [1, 5, 15, 30, 60],
        },
    ];
}
