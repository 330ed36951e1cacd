namespace Telemetry.Collector.Windows;

/// <summary>The factor <c>L</c> of a symmetric positive definite matrix <c>LLᵀ</c>.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _lower;
    private readonly int _size;

    public Cholesky(double[,] matrix)
    {
        _size = matrix.GetLength(0);
        _lower = new double[_size, _size];
        for (var column = 0; column < _size; column++)
        {
            var diagonal = matrix[column, column];
            // Rounding may leave nothing of a pivot; a trace of the original keeps the rest solvable.
            var pivot = Math.Sqrt(Math.Max(diagonal - Dot(column, column, column), diagonal * 1e-14));
            _lower[column, column] = pivot;
            for (var row = column + 1; row < _size; row++)
                _lower[row, column] = (matrix[row, column] - Dot(row, column, column)) / pivot;
        }
    }

    /// <summary>The solution of <c>LLᵀx = b</c>.</summary>
    public double[] Solve(double[] b)
    {
        var x = Forward(b);
        for (var row = _size - 1; row >= 0; row--)
        {
            for (var i = row + 1; i < _size; i++)
                x[row] -= _lower[i, row] * x[i];
            x[row] /= _lower[row, row];
        }

        return x;
    }

    /// <summary><c>bᵀ(LLᵀ)⁻¹b</c>: the variance of the sum that <c>b</c> weighs, where the matrix is a precision.</summary>
    public double InverseForm(double[] b) => Forward(b).Sum(value => value * value);

    private double[] Forward(double[] b)
    {
        var x = (double[])b.Clone();
        for (var row = 0; row < _size; row++)
        {
            for (var i = 0; i < row; i++)
                x[row] -= _lower[row, i] * x[i];
            x[row] /= _lower[row, row];
        }

        return x;
    }

    private double Dot(int left, int right, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += _lower[left, i] * _lower[right, i];
        return sum;
    }
}
