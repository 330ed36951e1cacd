namespace Telemetry.Collector.Windows;

/// <summary>One term of the sum that <see cref="JointSystem"/> minimizes: <c>Precision · (Target − Σ Factors · unknowns)²</c>.</summary>
internal readonly record struct JointEquation(int[] Unknowns, double[] Factors, double Target, double Precision)
{
    /// <summary>What the unknowns leave of the target, or of another one in its place.</summary>
    public double Residual(double[] x, double target)
    {
        var residual = target;
        for (var i = 0; i < Unknowns.Length; i++)
            residual -= Factors[i] * x[Unknowns[i]];
        return residual;
    }

    /// <summary>Adds the term's part of the normal equations' matrix.</summary>
    public void AddTo(double[,] hessian)
    {
        for (var i = 0; i < Unknowns.Length; i++)
        {
            for (var j = 0; j < Unknowns.Length; j++)
                hessian[Unknowns[i], Unknowns[j]] += Precision * Factors[i] * Factors[j];
        }
    }

    /// <summary>Adds a residual's part of the normal equations' right side.</summary>
    public void AddTo(double[] slope, double residual)
    {
        for (var i = 0; i < Unknowns.Length; i++)
            slope[Unknowns[i]] += Precision * Factors[i] * residual;
    }
}
