using FsCheck.Xunit;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class NonNegativeQuadraticTests
{
    [Fact]
    public void Minimum_inside_is_that_of_the_equations() =>
        Assert.Equal([1.0, 2.0], Round(Solve(new double[,] { { 2, 1 }, { 1, 3 } }, [4, 7])));

    [Fact]
    public void Minimum_outside_is_found_on_the_border()
    {
        // Free, the second would be negative; fixed at zero, the first is 4 / 2.
        Assert.Equal([2.0, 0.0], Round(Solve(new double[,] { { 2, 1 }, { 1, 3 } }, [4, -1])));
    }

    /// <summary>The conditions of Karush, Kuhn and Tucker hold at a minimum and nowhere else.</summary>
    [Property(MaxTest = 1000)]
    public void Every_solution_is_a_minimum(sbyte[] entries)
    {
        var n = (int)Math.Sqrt(entries.Length);
        if (n == 0)
            return;
        var hessian = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                hessian[i, j] = Enumerable.Range(0, n).Sum(k => entries[i * n + k] * (double)entries[j * n + k]) + (i == j ? 1 : 0);
        }

        var gradient = Enumerable.Range(0, n).Select(i => (double)entries[i * n]).ToArray();

        var x = Solve(hessian, gradient);

        for (var i = 0; i < n; i++)
        {
            var slope = gradient[i] - Enumerable.Range(0, n).Sum(j => hessian[i, j] * x[j]);
            var tolerance = 1e-6 * hessian[i, i] * (1 + x.Max());
            Assert.True(x[i] >= 0);
            Assert.True(slope <= tolerance, $"slope {slope} at {x[i]}");
            Assert.True(x[i] == 0 || Math.Abs(slope) <= tolerance, $"slope {slope} at {x[i]}");
        }
    }

    /// <summary>Fixing all at once that a freed one pushes below zero went round in circles here.</summary>
    [Fact]
    public void One_that_is_freed_may_push_several_below_zero() => Every_solution_is_a_minimum(
        [-8, 40, -124, 82, 87, -3, 79, -98, -34, 75, 37, -96, -24, -4, -86, 92]);

    private static double[] Solve(double[,] hessian, double[] gradient) => NonNegativeQuadratic.Solve(
        hessian, x => [.. gradient.Select((value, i) => value - Enumerable.Range(0, x.Length).Sum(j => hessian[i, j] * x[j]))]);

    private static double[] Round(double[] values) => [.. values.Select(value => Math.Round(value, 9))];
}
