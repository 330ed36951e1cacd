namespace Telemetry.Collector.Windows;

/// <summary>
/// The factor <c>L</c> of a symmetric positive definite matrix <c>LLᵀ</c>. What stands before the first entry of a row stays
/// zero in the factor (George and Liu, Computer Solution of Large Sparse Positive Definite Systems, 1981, chapter 4), and is
/// skipped: the equations of neighbouring rows alone are coupled.
/// </summary>
internal sealed class Cholesky
{
    // One less leaves traces in systems where the first solution is off by a hundredth.
    private const int Solutions = 3;

    private readonly double[][] _lower;
    private readonly int[] _first;

    public Cholesky(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        _lower = new double[size][];
        _first = new int[size];
        for (var row = 0; row < size; row++)
        {
            var first = 0;
            while (first < row && matrix[row, first] == 0)
                first++;
            var lower = new double[row + 1];
            (_first[row], _lower[row]) = (first, lower);
            for (var column = first; column < row; column++)
                lower[column] = (matrix[row, column] - Dot(row, column, column)) / _lower[column][column];
            var diagonal = matrix[row, row];
            // Rounding may leave nothing of a pivot; a trace of the original keeps the rest solvable.
            lower[row] = Math.Sqrt(Math.Max(diagonal - Dot(row, row, row), diagonal * 1e-14));
        }
    }

    /// <summary>The solution of <c>LLᵀx = b</c>.</summary>
    public double[] Solve(double[] b)
    {
        var x = Forward(b);
        for (var row = x.Length - 1; row >= 0; row--)
        {
            var lower = _lower[row];
            x[row] /= lower[row];
            for (var i = _first[row]; i < row; i++)
                x[i] -= lower[i] * x[row];
        }

        return x;
    }

    /// <summary>
    /// The solution of equations that the matrix was made of, by corrected seminormal equations (Björck, Linear Algebra and its Applications
    /// 88/89, 1987): making the matrix loses half of the digits, and what the equations themselves say is left brings them back.
    /// </summary>
    /// <param name="rest">What is left at an <c>x</c>: <c>b − LLᵀx</c>, but not by the matrix.</param>
    public double[] Refine(Func<double[], double[]> rest)
    {
        var x = new double[_lower.Length];
        for (var solution = 0; solution < Solutions; solution++)
        {
            var correction = Solve(rest(x));
            for (var i = 0; i < x.Length; i++)
                x[i] += correction[i];
        }

        return x;
    }

    private double[] Forward(double[] b)
    {
        var x = (double[])b.Clone();
        for (var row = 0; row < x.Length; row++)
        {
            var lower = _lower[row];
            for (var i = _first[row]; i < row; i++)
                x[row] -= lower[i] * x[i];
            x[row] /= lower[row];
        }

        return x;
    }

    private double Dot(int left, int right, int count)
    {
        var (a, b) = (_lower[left], _lower[right]);
        var sum = 0.0;
        for (var i = Math.Max(_first[left], _first[right]); i < count; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
