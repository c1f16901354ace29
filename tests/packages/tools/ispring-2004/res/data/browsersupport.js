var ok=true;
