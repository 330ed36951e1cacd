using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.WindowBenchmark;

/// <summary>Draws cases of a scenario. The same seed draws the same ones.</summary>
internal sealed class CaseGenerator(Scenario scenario, int seed)
{
    // As the Collector reads them: three scrapes for a gap and twelve for the rates before; after the finish what a settle
    // delay of four scrapes leaves.
    private const int ScrapesBefore = 15;
    private const int ScrapesAfter = 4;

    private readonly Random _random = new(seed);

    public WindowCase Next()
    {
        var interval = scenario.ScrapeIntervals[_random.Next(scenario.ScrapeIntervals.Length)];
        var length = Math.Round(Between(scenario.Lengths.From, scenario.Lengths.To, logarithmic: true), 3);
        var start = Math.Round(interval * (ScrapesBefore + 5 + _random.NextDouble()), 3);
        var finish = Math.Round(start + length, 3);
        var end = finish + interval * (ScrapesAfter + 5);

        var own = Run(scenario.Run, start, finish);
        var others = Enumerable.Range(0, scenario.Others == 0 ? 0 : _random.Next(1, scenario.Others + 1))
            .Select(_ => Other(start, finish, interval)).ToArray();
        var otherRates = others.Select(other => Run(scenario.Run, other.Start, other.Finish)).ToArray();
        var background = Background(end);
        double Count(double moment) => background.At(moment) + own.At(moment) + otherRates.Sum(other => other.At(moment));

        var reset = scenario.Reset ? Between(0, end) : -1;
        var gap = scenario.Gap ? Between(start - 4 * interval, finish + 4 * interval) : double.PositiveInfinity;
        var gapEnd = gap + _random.Next(2, 6) * interval;
        var phase = Math.Round(_random.NextDouble() * interval, 3);
        var samples = Enumerable.Range(0, (int)((end - phase) / interval))
            .Select(i => phase + i * interval)
            .Where(moment => moment > start - ScrapesBefore * interval && moment < finish + ScrapesAfter * interval)
            .Where(moment => moment < gap || moment > gapEnd)
            .Select(moment => new Sample(
                WindowCase.Origin.ToUnixTimeMilliseconds() + (long)Math.Round(moment * 1000),
                reset >= 0 && moment >= reset ? Count(moment) - Count(reset) : Count(moment) + 1000))
            .ToArray();

        return new WindowCase(
            samples, interval,
            new TimeWindow(WindowCase.Origin.AddMilliseconds(Math.Round(start * 1000)), WindowCase.Origin.AddMilliseconds(Math.Round(finish * 1000))),
            [.. others.Select(other => new RunSpan(other.Start - start, other.Finish - start))],
            Count(finish) - Count(start), own.At(finish) - own.At(start));
    }

    private RunSpan Other(double start, double finish, double interval)
    {
        var length = Between(Math.Max(1, (finish - start) / 8), (finish - start) * 2 + interval, logarithmic: true);
        var begin = Between(start - length, finish);
        return new RunSpan(Math.Max(0, begin), Math.Max(0, begin) + length);
    }

    private RateCurve Run(Shape shape, double start, double finish)
    {
        var cores = 1 + 2 * _random.NextDouble();
        return new RateCurve(Of(shape, start, finish, cores) is var steps ? [.. steps, (finish, 0)] : []);
    }

    private RateCurve Background(double end) => new([.. Of(scenario.Background, 0, end, 0.3), (end, 0)]);

    /// <summary>Rates around the given one: its double at most.</summary>
    private IEnumerable<(double From, double Rate)> Of(Shape shape, double from, double to, double rate)
    {
        switch (shape is Shape.Any ? (Shape)_random.Next((int)Shape.Any) : shape)
        {
            case Shape.Constant:
                yield return (from, rate);
                break;
            case Shape.Ramp:
                var (first, last) = (rate * 2 * _random.NextDouble(), rate * 2 * _random.NextDouble());
                for (var i = 0; i < 200; i++)
                    yield return (from + (to - from) * i / 200, first + (last - first) * (i + 0.5) / 200);
                break;
            case Shape.Bursts:
                var on = true;
                for (var moment = from; moment < to; moment += Between(1, 30, logarithmic: true), on = !on)
                    yield return (moment, on ? rate : rate / 10);
                break;
            case Shape.Noise:
                for (var moment = from; moment < to; moment++)
                    yield return (moment, rate * 2 * _random.NextDouble());
                break;
            default:
                var current = rate;
                for (var moment = from; moment < to; moment++)
                {
                    yield return (moment, current);
                    current = Math.Clamp(current + (_random.NextDouble() - 0.5) * rate / 3, 0, 2 * rate);
                }

                break;
        }
    }

    private double Between(double from, double to, bool logarithmic = false) => logarithmic
        ? from * Math.Pow(to / from, _random.NextDouble())
        : from + (to - from) * _random.NextDouble();
}
