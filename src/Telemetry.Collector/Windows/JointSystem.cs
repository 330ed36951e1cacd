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

        var (hessian, gradient) = (new double[count, count], new double[count]);
        var fastest = rows.Max(row => row.Counted / row.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            AddPrior(hessian, row, fastest);
            AddCount(hessian, gradient, row, Math.Min(backgroundWalk, runWalk));
            for (var party = 0; party < parties && row > 0; party++)
                AddStep(hessian, row, party, party == 0 ? backgroundWalk : runWalk);
        }

        _rates = NonNegativeQuadratic.Solve(hessian, gradient);
        _precision = new Cholesky(hessian);
        _misfit = Misfit(backgroundWalk, runWalk);
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

        return (amount, _misfit * Math.Sqrt(_precision.InverseForm(weights)));
    }

    /// <summary>
    /// How many times further than assumed the rates had to walk, and at least once: Birge's ratio (Physical Review 40, 1932).
    /// Where the counts contradict the model, it must not vouch for narrow bounds.
    /// </summary>
    private double Misfit(double backgroundWalk, double runWalk)
    {
        var (cost, steps, firsts) = (0.0, 0, 0);
        for (var row = 0; row < _rows.Length; row++)
        {
            var residual = _rows[row].Counted - Modelled(row);
            cost += CountPrecision(row, Math.Min(backgroundWalk, runWalk)) * residual * residual;
            for (var party = 0; party < _rows[row].Seconds.Length; party++)
            {
                if (_unknown[row, party] is not (>= 0 and var j))
                    continue;
                if (row == 0 || _unknown[row - 1, party] is not (>= 0 and var i))
                {
                    firsts++;
                    continue;
                }

                var step = _rates[j] - _rates[i];
                cost += StepPrecision(row, party == 0 ? backgroundWalk : runWalk) * step * step;
                steps++;
            }
        }

        var freedom = _rows.Length - firsts;
        return steps == 0 ? 1 : Math.Sqrt(Math.Max(1, cost / Math.Max(1, freedom)));
    }

    private double Modelled(int row) => _rows[row].Seconds
        .Select((seconds, party) => seconds > 0 ? seconds * _rates[_unknown[row, party]] : 0).Sum();

    /// <summary>
    /// Before anything is counted, a rate is somewhere between zero and more than the node ever showed, or than the whole
    /// count would take in the party's time. Weak as it is, it makes equal runs with equal times share equally.
    /// </summary>
    private void AddPrior(double[,] hessian, int row, double fastest)
    {
        for (var party = 0; party < _rows[row].Seconds.Length; party++)
        {
            if (_unknown[row, party] is not (>= 0 and var i))
                continue;
            var deviation = 4 * Math.Max(fastest, _rows[row].Counted / _rows[row].Seconds[party]);
            hessian[i, i] += 1 / (deviation * deviation);
        }
    }

    private void AddCount(double[,] hessian, double[] gradient, int row, double walk)
    {
        var seconds = _rows[row].Seconds;
        var precision = CountPrecision(row, walk);
        for (var one = 0; one < seconds.Length; one++)
        {
            if (_unknown[row, one] is not (>= 0 and var i))
                continue;
            gradient[i] += precision * seconds[one] * _rows[row].Counted;
            for (var other = 0; other < seconds.Length; other++)
            {
                if (_unknown[row, other] is >= 0 and var j)
                    hessian[i, j] += precision * seconds[one] * seconds[other];
            }
        }
    }

    private void AddStep(double[,] hessian, int row, int party, double walk)
    {
        if (_unknown[row - 1, party] is not (>= 0 and var i) || _unknown[row, party] is not (>= 0 and var j))
            return;
        var precision = StepPrecision(row, walk);
        hessian[i, i] += precision;
        hessian[j, j] += precision;
        hessian[i, j] -= precision;
        hessian[j, i] -= precision;
    }

    // A count is exact, and Amount shares all of it; a thirtieth of what its rate walks within it keeps the equations
    // solvable in doubles.
    private double CountPrecision(int row, double walk) => 1e3 / (walk * Math.Pow(_rows[row].Length, 3));

    private double StepPrecision(int row, double walk) => 1 / (walk * (_rows[row].Middle - _rows[row - 1].Middle));
}
