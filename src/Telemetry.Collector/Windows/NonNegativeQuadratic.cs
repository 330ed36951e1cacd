namespace Telemetry.Collector.Windows;

/// <summary>
/// Minimizes <c>½ xᵀHx − gᵀx</c> over <c>x ≥ 0</c> for a symmetric positive definite <c>H</c>: non-negative least squares on
/// the normal equations, by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) as
/// Bro and de Jong put it for them (Journal of Chemometrics 11, 1997). Deterministic.
/// </summary>
internal static class NonNegativeQuadratic
{
    public static double[] Solve(double[,] hessian, double[] gradient)
    {
        var n = gradient.Length;
        // Nearly all rates are above zero: begin with the free solution and fix what falls below.
        var free = Enumerable.Repeat(true, n).ToArray();
        var x = new double[n];
        // Each pass fixes or frees at least one; more passes than this only repeat themselves by rounding.
        for (var pass = 0; pass < 3 * n; pass++)
        {
            var candidate = SolveFree(hessian, gradient, free);
            if (Array.TrueForAll(candidate, value => value >= 0))
            {
                x = candidate;
                if (!ReleaseMostWanted(hessian, gradient, x, free))
                    return x;
                continue;
            }

            for (var i = 0; i < n; i++)
                free[i] &= candidate[i] > 0;
        }

        return x;
    }

    /// <summary>Frees the one at zero that would lower the sum most; false where none would.</summary>
    private static bool ReleaseMostWanted(double[,] hessian, double[] gradient, double[] x, bool[] free)
    {
        var (best, index) = (0.0, -1);
        for (var i = 0; i < x.Length; i++)
        {
            if (free[i])
                continue;
            var slope = gradient[i];
            for (var j = 0; j < x.Length; j++)
                slope -= hessian[i, j] * x[j];
            // Relative to its own curvature: what it would become if it alone were free.
            var gain = slope / hessian[i, i];
            if (gain > best)
                (best, index) = (gain, i);
        }

        var scale = x.Length == 0 ? 0 : x.Max();
        if (index < 0 || best <= 1e-9 * scale)
            return false;
        free[index] = true;
        return true;
    }

    private static double[] SolveFree(double[,] hessian, double[] gradient, bool[] free)
    {
        var indices = Enumerable.Range(0, free.Length).Where(i => free[i]).ToArray();
        var reduced = new double[indices.Length, indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            for (var j = 0; j < indices.Length; j++)
                reduced[i, j] = hessian[indices[i], indices[j]];
        }

        var solved = new Cholesky(reduced).Solve([.. indices.Select(i => gradient[i])]);
        var x = new double[free.Length];
        for (var i = 0; i < indices.Length; i++)
            x[indices[i]] = solved[i];
        return x;
    }
}
