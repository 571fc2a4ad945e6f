// A bar with the remaining time, on a terminal only.
import type { Io } from '../core/io.ts';

const width = 24;

/** Shows how much is done, 0 to 1, and what is left. */
export function showAdvance(io: Io): (part: number, leftMs: number) => void {
  return (part, leftMs) => {
    const filled = Math.round(part * width);
    io.status(
      `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(part * 100)).padStart(3)} %  ${remaining(leftMs)} left`,
    );
  };
}

function remaining(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
