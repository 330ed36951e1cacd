namespace Telemetry.Collector.Windows;

/// <summary>
/// The rates of the background and of every run, row by row, as one least-squares problem. What was counted in a row is the
/// sum of rates times seconds; from one row to the next each rate walks at random, as far as the samples show rates to walk;
/// a run's first rate is free. See docs/window-metrics.md.
/// </summary>
internal sealed class JointSystem
{
    private readonly JointRow[] _rows;
    private readonly int[,] _unknown;
    private readonly List<JointEquation> _priors = [];
    private readonly List<JointEquation> _equations = [];
    private readonly double[] _rates;
    private readonly Cholesky _precision;
    private readonly double _misfit;

    /// <param name="rows">In order of time.</param>
    /// <param name="backgroundWalk">Variance that the background's rate gains in a second.</param>
    /// <param name="runWalk">The same of a run's rate.</param>
    public JointSystem(JointRow[] rows, double backgroundWalk, double runWalk)
    {
        _rows = rows;
        var parties = rows[0].Seconds.Length;
        _unknown = new int[rows.Length, parties];
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var party = 0; party < parties; party++)
                _unknown[row, party] = rows[row].Seconds[party] > 0 ? count++ : -1;
        }

        var fastest = rows.Max(row => row.Counted / row.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            AddPrior(row, fastest);
            AddCount(row, Math.Min(backgroundWalk, runWalk));
            for (var party = 0; party < parties && row > 0; party++)
                AddStep(row, party, party == 0 ? backgroundWalk : runWalk);
        }

        var hessian = new double[count, count];
        foreach (var equation in _priors.Concat(_equations))
            equation.AddTo(hessian);
        _rates = NonNegativeQuadratic.Solve(hessian, x => Slope(x, equation => equation.Target));
        _precision = new Cholesky(hessian);
        _misfit = Misfit();
    }

    public static int Unknowns(JointRow[] rows) => rows.Sum(row => row.Seconds.Count(seconds => seconds > 0));

    /// <summary>What these seconds of each row and party counted, so shared that a row's parties have its whole count.</summary>
    /// <param name="seconds">Of a row and party: no more than it was there.</param>
    /// <returns>The amount and its standard deviation.</returns>
    public (double Amount, double Deviation) Amount(Func<JointRow, int, double> seconds)
    {
        var amount = 0.0;
        var weights = new double[_rates.Length];
        for (var row = 0; row < _rows.Length; row++)
        {
            var counted = Modelled(row);
            for (var party = 0; party < _rows[row].Seconds.Length; party++)
            {
                if (_unknown[row, party] is not (>= 0 and var index) || seconds(_rows[row], party) is not (> 0 and var part))
                    continue;
                weights[index] = part;
                // Rates of nothing share by time.
                amount += _rows[row].Counted * (counted > 0
                    ? _rates[index] * part / counted
                    : part / _rows[row].Seconds.Sum());
            }
        }

        return (amount, _misfit * Math.Sqrt(Variance(weights)));
    }

    /// <summary>Of the sum that the weights make of the rates: <c>wᵀH⁻¹w</c>, as the equations' matrix is a precision.</summary>
    private double Variance(double[] weights)
    {
        var shares = _precision.Refine(x => [.. Slope(x, _ => 0).Zip(weights, (slope, weight) => weight + slope)]);
        return Math.Max(0, shares.Zip(weights, (share, weight) => share * weight).Sum());
    }

    private double[] Slope(double[] x, Func<JointEquation, double> target)
    {
        var slope = new double[x.Length];
        foreach (var equation in _priors.Concat(_equations))
            equation.AddTo(slope, equation.Residual(x, target(equation)));
        return slope;
    }

    /// <summary>
    /// How many times further than assumed the rates had to walk, and at least once: Birge's ratio (Physical Review 40, 1932).
    /// Where the counts contradict the model, it must not vouch for narrow bounds.
    /// </summary>
    private double Misfit()
    {
        var cost = _equations.Sum(equation => equation.Precision * Math.Pow(equation.Residual(_rates, equation.Target), 2));
        var steps = _equations.Count - _rows.Length;
        // A party's first rate in a row, and after each time that it was away, is free.
        var firsts = _rates.Length - steps;
        var freedom = _rows.Length - firsts;
        return steps == 0 ? 1 : Math.Sqrt(Math.Max(1, cost / Math.Max(1, freedom)));
    }

    private double Modelled(int row) => _rows[row].Seconds
        .Select((seconds, party) => seconds > 0 ? seconds * _rates[_unknown[row, party]] : 0).Sum();

    /// <summary>
    /// Before anything is counted, a rate is somewhere between zero and more than the node ever showed, or than the whole
    /// count would take in the party's time. Weak as it is, it makes equal runs with equal times share equally.
    /// </summary>
    private void AddPrior(int row, double fastest)
    {
        for (var party = 0; party < _rows[row].Seconds.Length; party++)
        {
            if (_unknown[row, party] is not (>= 0 and var i))
                continue;
            var deviation = 4 * Math.Max(fastest, _rows[row].Counted / _rows[row].Seconds[party]);
            _priors.Add(new JointEquation([i], [1], 0, 1 / (deviation * deviation)));
        }
    }

    private void AddCount(int row, double walk)
    {
        var there = _rows[row].Seconds.Index().Where(party => party.Item > 0).ToArray();
        _equations.Add(new JointEquation(
            [.. there.Select(party => _unknown[row, party.Index])], [.. there.Select(party => party.Item)], _rows[row].Counted, CountPrecision(row, walk)));
    }

    private void AddStep(int row, int party, double walk)
    {
        if (_unknown[row - 1, party] is >= 0 and var i && _unknown[row, party] is >= 0 and var j)
            _equations.Add(new JointEquation([i, j], [-1, 1], 0, StepPrecision(row, walk)));
    }

    // A count is exact, and Amount shares all of it; a thirtieth of what its rate walks within it keeps the equations
    // solvable in doubles.
    private double CountPrecision(int row, double walk) => 1e3 / (walk * Math.Pow(_rows[row].Length, 3));

    private double StepPrecision(int row, double walk) => 1 / (walk * (_rows[row].Middle - _rows[row - 1].Middle));
}
