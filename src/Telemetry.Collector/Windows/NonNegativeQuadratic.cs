namespace Telemetry.Collector.Windows;

/// <summary>
/// Minimizes <c>½ xᵀHx − gᵀx</c> over <c>x ≥ 0</c> for a symmetric positive definite <c>H</c>: non-negative least squares on
/// the normal equations, by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) as
/// Bro and de Jong put it for them (Journal of Chemometrics 11, 1997), begun near its end. Deterministic.
/// </summary>
internal static class NonNegativeQuadratic
{
    /// <param name="hessian">The matrix <c>H</c>.</param>
    /// <param name="slope">What is left at an <c>x</c>: <c>g − Hx</c>. The more exact it is, the more exact the solution.</param>
    public static double[] Solve(double[,] hessian, Func<double[], double[]> slope)
    {
        var n = hessian.GetLength(0);
        // Nearly all rates are above zero: begin with the free solution and fix what falls below, until none does.
        var free = Enumerable.Repeat(true, n).ToArray();
        var x = SolveFree(hessian, slope, free);
        while (Array.Exists(x, value => value < 0))
        {
            FixAtZero(x, free);
            x = SolveFree(hessian, slope, free);
        }

        FixAtZero(x, free);
        var refused = new bool[n];
        // Each pass lowers the sum or refuses one; more passes than this only repeat themselves by rounding.
        for (var pass = 0; pass < 3 * n && MostWanted(hessian, slope(x), x, free, refused) is >= 0 and var index; pass++)
        {
            free[index] = true;
            var target = SolveFree(hessian, slope, free);
            if (target[index] <= 0)
            {
                // It was wanted by rounding alone.
                (free[index], refused[index]) = (false, true);
                continue;
            }

            // Straight to the target would be lower, but not above zero; fixing all that is below it could go round in circles.
            while (Array.Exists(target, value => value < 0))
            {
                StepTowards(target, x, free);
                target = SolveFree(hessian, slope, free);
            }

            x = target;
            FixAtZero(x, free);
            Array.Clear(refused);
        }

        return x;
    }

    private static void FixAtZero(double[] x, bool[] free)
    {
        for (var i = 0; i < x.Length; i++)
            free[i] &= x[i] > 0;
    }

    /// <summary>Goes as far as nothing falls below zero, and fixes what has come to it: one at least.</summary>
    private static void StepTowards(double[] target, double[] x, bool[] free)
    {
        var (part, first) = (1.0, -1);
        for (var i = 0; i < x.Length; i++)
        {
            if (target[i] < 0 && x[i] / (x[i] - target[i]) is var reach && reach < part)
                (part, first) = (reach, i);
        }

        for (var i = 0; i < x.Length; i++)
        {
            x[i] = i == first ? 0 : Math.Max(0, x[i] + (part * (target[i] - x[i])));
            free[i] &= x[i] > 0 || target[i] > 0;
        }
    }

    /// <summary>The one at zero that would lower the sum most, were it free; -1 where none would.</summary>
    private static int MostWanted(double[,] hessian, double[] slope, double[] x, bool[] free, bool[] refused)
    {
        var (best, index) = (0.0, -1);
        for (var i = 0; i < x.Length; i++)
        {
            if (free[i] || refused[i])
                continue;
            // Relative to its own curvature: what it would become if it alone were free.
            var gain = slope[i] / hessian[i, i];
            if (gain > best)
                (best, index) = (gain, i);
        }

        return index >= 0 && best > 1e-9 * x.Max() ? index : -1;
    }

    private static double[] SolveFree(double[,] hessian, Func<double[], double[]> slope, bool[] free)
    {
        var indices = Enumerable.Range(0, free.Length).Where(i => free[i]).ToArray();
        var reduced = new double[indices.Length, indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            for (var j = 0; j < indices.Length; j++)
                reduced[i, j] = hessian[indices[i], indices[j]];
        }

        var solved = new Cholesky(reduced).Refine(some =>
        {
            var rest = slope(Whole(some));
            return [.. indices.Select(i => rest[i])];
        });
        return Whole(solved);

        double[] Whole(double[] some)
        {
            var x = new double[free.Length];
            for (var i = 0; i < indices.Length; i++)
                x[indices[i]] = some[i];
            return x;
        }
    }
}
