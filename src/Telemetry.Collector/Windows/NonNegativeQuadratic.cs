namespace Telemetry.Collector.Windows;

/// <summary>
/// Minimizes <c>½ xᵀHx − gᵀx</c> over <c>x ≥ 0</c> for a symmetric positive definite <c>H</c>: non-negative least squares on
/// the normal equations, by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) as
/// Bro and de Jong put it for them (Journal of Chemometrics 11, 1997). Deterministic.
/// </summary>
internal static class NonNegativeQuadratic
{
    /// <param name="hessian">The matrix <c>H</c>.</param>
    /// <param name="slope">What is left at an <c>x</c>: <c>g − Hx</c>. The more exact it is, the more exact the solution.</param>
    public static double[] Solve(double[,] hessian, Func<double[], double[]> slope)
    {
        var n = hessian.GetLength(0);
        // Nearly all rates are above zero: begin with the free solution and fix what falls below.
        var free = Enumerable.Repeat(true, n).ToArray();
        var x = new double[n];
        // Each pass fixes or frees at least one; more passes than this only repeat themselves by rounding.
        for (var pass = 0; pass < 3 * n; pass++)
        {
            var candidate = SolveFree(hessian, slope, free);
            if (Array.TrueForAll(candidate, value => value >= 0))
            {
                x = candidate;
                if (!ReleaseMostWanted(hessian, slope(x), x, free))
                    return x;
                continue;
            }

            for (var i = 0; i < n; i++)
                free[i] &= candidate[i] > 0;
        }

        return x;
    }

    /// <summary>Frees the one at zero that would lower the sum most; false where none would.</summary>
    private static bool ReleaseMostWanted(double[,] hessian, double[] slope, double[] x, bool[] free)
    {
        var (best, index) = (0.0, -1);
        for (var i = 0; i < x.Length; i++)
        {
            if (free[i])
                continue;
            // Relative to its own curvature: what it would become if it alone were free.
            var gain = slope[i] / hessian[i, i];
            if (gain > best)
                (best, index) = (gain, i);
        }

        var scale = x.Length == 0 ? 0 : x.Max();
        if (index < 0 || best <= 1e-9 * scale)
            return false;
        free[index] = true;
        return true;
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
